import type { Store } from "./outbox";
import type { Reading } from "./room-state";

/** What is typed for the study that is up, kept in the browser from key to key: the connection may be gone. */
export type KeptDraft = Reading & { readonly item: number; readonly activeMs: number };

export function keptDraftsOf(storage: Store, worklist: number, reader: number) {
  const name = `overread.draft.${reader}.${worklist}`;
  return {
    read(): KeptDraft | null {
      try {
        const kept: unknown = JSON.parse(storage.getItem(name) ?? "null");
        return isDraft(kept) ? kept : null;
      } catch {
        return null;
      }
    },
    keep: (draft: KeptDraft) => storage.setItem(name, JSON.stringify(draft)),
    /** Forgets it; with `arrived`, only where nothing was typed since. */
    drop(arrived?: KeptDraft): void {
      if (arrived === undefined || storage.getItem(name) === JSON.stringify(arrived))
        storage.removeItem(name);
    },
  };
}

export type KeptDrafts = ReturnType<typeof keptDraftsOf>;

function isDraft(one: unknown): one is KeptDraft {
  if (typeof one !== "object" || one === null) return false;
  const typed = "labels" in one && typeof one.labels === "string" && "comment" in one;
  return (
    typed && "item" in one && typeof one.item === "number" && "regions" in one && Array.isArray(one.regions)
  );
}
