/**
 * A cell that no spreadsheet runs: what begins like a formula gets an apostrophe (OWASP, CSV injection); quoted
 * where commas, quotes or line breaks stand in it.
 */
export function csvCell(value: string | null): string {
  const text = value ?? "";
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
