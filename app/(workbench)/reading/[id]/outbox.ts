import type { SubmitInput } from "@/server/reading/schema";

/** Submissions that the server has not acknowledged, kept over reloads; the same key never counts twice. */
export type Unsent = SubmitInput & { readonly key: string };

const nameOf = (worklist: number, reader: number) => `overread.unsent.${reader}.${worklist}`;

export function readOutbox(worklist: number, reader: number): readonly Unsent[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(nameOf(worklist, reader)) ?? "[]");
    return Array.isArray(kept) ? (kept as Unsent[]) : [];
  } catch {
    return [];
  }
}

export function writeOutbox(worklist: number, reader: number, unsent: readonly Unsent[]): void {
  const name = nameOf(worklist, reader);
  if (unsent.length === 0) localStorage.removeItem(name);
  else localStorage.setItem(name, JSON.stringify(unsent));
}
