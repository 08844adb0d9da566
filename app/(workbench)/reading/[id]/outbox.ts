import type { SubmitInput } from "@/server/reading/schema";

/** Submissions that the server has not acknowledged; they outlive reloads, and their keys never count twice. */
export type Outbox = {
  list(): readonly SubmitInput[];
  add(one: SubmitInput): void;
  remove(key: string): void;
};

type Storage = Pick<globalThis.Storage, "getItem" | "setItem" | "removeItem">;

/** A reader's outbox for a worklist: somebody else at the same screen never sends her reads. */
export function outboxOf(storage: Storage, worklist: number, reader: number): Outbox {
  const name = `overread.unsent.${reader}.${worklist}`;
  const list = () => parsed(storage.getItem(name));
  // Read anew at each change: another window of the same reader has the same outbox.
  const put = (unsent: readonly SubmitInput[]) =>
    unsent.length === 0 ? storage.removeItem(name) : storage.setItem(name, JSON.stringify(unsent));
  return {
    list,
    add: (one) => put([...list().filter(({ key }) => key !== one.key), one]),
    remove: (gone) => put(list().filter(({ key }) => key !== gone)),
  };
}

function parsed(text: string | null): readonly SubmitInput[] {
  try {
    const kept: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(kept) ? kept.filter(isSubmission) : [];
  } catch {
    return [];
  }
}

function isSubmission(one: unknown): one is SubmitInput {
  if (typeof one !== "object" || one === null) return false;
  return "item" in one && "labels" in one && "key" in one && typeof one.key === "string";
}
