import type { CaseRead } from "@/server/reading/adjudication-schema";

/** "Reader 1" while the worklist hides who read, else the name. */
export function readerNames(reads: readonly CaseRead[]): string[] {
  return reads.map(({ reader }, place) => reader ?? `Reader ${place + 1}`);
}

/** What stands over the two sides: the two readers; of more, what most and what fewer say. */
export function sideNames(reads: readonly CaseRead[]): readonly [string, string] {
  const [left, right] = readerNames(reads);
  return reads.length === 2 ? [left ?? "", right ?? ""] : ["Most", "Fewer"];
}
