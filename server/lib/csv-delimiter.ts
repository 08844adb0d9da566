/** Spreadsheets write semicolons in half of the world; the header says which delimiter it is. */
export function delimiterOf(text: string): string {
  const header = firstLine(text);
  return [",", ";", "\t"].find((candidate) => header.includes(candidate)) ?? ",";
}

/** A table's header as text, without a byte-order mark. */
export function firstLine(text: string): string {
  return text.replace(/^\uFEFF/, "").slice(0, text.search(/[\r\n]|$/));
}
