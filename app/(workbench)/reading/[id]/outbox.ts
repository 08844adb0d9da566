import type { SkipInput, SubmitInput } from "@/server/reading/schema";

/** The end of a study that the server has not acknowledged: a read, or a skip with its reason. */
export type Parcel =
  | { readonly step: "submit"; readonly key: string; readonly input: SubmitInput }
  | { readonly step: "skip"; readonly key: string; readonly input: SkipInput };

/** Parcels outlive reloads, and their keys never count twice. */
export type Outbox = {
  list(): readonly Parcel[];
  add(one: Parcel): void;
  remove(key: string): void;
};

export type Store = Pick<globalThis.Storage, "getItem" | "setItem" | "removeItem">;

/** A reader's outbox for a worklist: somebody else at the same screen never sends her reads. */
export function outboxOf(storage: Store, worklist: number, reader: number): Outbox {
  const name = `overread.unsent.${reader}.${worklist}`;
  const list = () => parsed(storage.getItem(name));
  // Read anew at each change: another window of the same reader has the same outbox.
  const put = (unsent: readonly Parcel[]) =>
    unsent.length === 0 ? storage.removeItem(name) : storage.setItem(name, JSON.stringify(unsent));
  return {
    list,
    add: (one) => put([...list().filter(({ key }) => key !== one.key), one]),
    remove: (gone) => put(list().filter(({ key }) => key !== gone)),
  };
}

function parsed(text: string | null): readonly Parcel[] {
  try {
    const kept: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(kept) ? kept.filter(isParcel) : [];
  } catch {
    return [];
  }
}

function isParcel(one: unknown): one is Parcel {
  if (typeof one !== "object" || one === null || !("step" in one) || !("input" in one)) return false;
  const named = one.step === "submit" || one.step === "skip";
  const keyed = "key" in one && typeof one.key === "string";
  return named && keyed && typeof one.input === "object" && one.input !== null && "item" in one.input;
}
