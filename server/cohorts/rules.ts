import { delimiterOf, firstLine } from "@/server/lib/csv-delimiter";

/** The column names of a table's header, for a choice among them; the reader of the table is stricter. */
export function headerColumns(text: string): string[] {
  return firstLine(text)
    .split(delimiterOf(text))
    .map((name) => name.trim().replace(/^"(.*)"$/, "$1"))
    .filter((name) => name !== "");
}

/** A name for what comes from a file: the file's, without its ending. */
export function nameOfFile(file: string): string {
  return file.replace(/\.[^.]*$/, "").slice(0, 120);
}

type Counted = { readonly value: string; readonly class: string; readonly images: number };

/**
 * Whether a property alone tells the class: every value it takes belongs to one class, and no two classes
 * share one (integrity.md, Shortcuts). Then a model can be right without looking at the lung.
 */
export function tellsTheClass(counts: readonly Counted[]): boolean {
  const classesOf = new Map<string, Set<string>>();
  for (const { value, class: name, images } of counts) {
    if (images > 0) classesOf.set(value, (classesOf.get(value) ?? new Set()).add(name));
  }
  const classes = new Set(counts.filter((one) => one.images > 0).map((one) => one.class));
  return classes.size > 1 && [...classesOf.values()].every((names) => names.size === 1);
}
