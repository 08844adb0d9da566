import { sql } from "drizzle-orm";
import type { Transaction } from "@/server/db/client";
import { fail, ok, type Result } from "@/server/lib/errors";

/** A reader's dealing with an item, its rows locked until the transaction ends. */
export type HeldItem = {
  readonly item: number;
  readonly assignment: number;
  readonly status: "leased" | "released" | "submitted" | "skipped";
  readonly worklistId: number;
  readonly studyId: number;
  readonly readsWanted: number;
  /** Reads submitted plus leases, this reader's lease among them. */
  readonly taken: number;
  readonly skipped: boolean;
  /** This reader has decided between the study's readers meanwhile. */
  readonly adjudicated: boolean;
};

type Row = Omit<HeldItem, "item" | "assignment" | "worklistId" | "studyId"> & {
  readonly assignment: string;
  readonly worklistId: string;
  readonly studyId: string;
};

/**
 * Locks what this reader holds of an item. Whoever never had it learns nothing of it. Errors: not-found.
 */
export async function lockItem(tx: Transaction, item: number, readerId: number): Promise<Result<HeldItem>> {
  const [row] = await tx.execute<Row>(sql`
    select a.id as assignment, a.status, a.worklist_id as "worklistId", s.id as "studyId",
      i.reads_wanted as "readsWanted", i.taken, i.skipped,
      exists (select from reads r where r.study_id = s.id and r.reader_id = a.reader_id and r.kind = 'adjudication'
        and r.current and not r.withdrawn) as adjudicated
    from assignments a
    join worklist_items i on i.id = a.item_id
    join studies s on s.id = i.study_id
    where a.item_id = ${item} and a.reader_id = ${readerId}
    for update of a, i, s`);
  if (!row) return fail("not-found", "There is no such study in your worklist.");
  return ok({
    ...row,
    item,
    assignment: Number(row.assignment),
    worklistId: Number(row.worklistId),
    studyId: Number(row.studyId),
  });
}

/**
 * Whether the reader may still end this study: she holds it, or her lease was taken back and the place is still
 * free. The failure tells the state that the study is in now. Errors: conflict.
 */
export function mayFinish(held: HeldItem): Result<{ placeKept: boolean }> {
  if (held.status === "leased") return ok({ placeKept: true });
  const free =
    held.status === "released" && !held.skipped && !held.adjudicated && held.taken < held.readsWanted;
  if (free) return ok({ placeKept: false });
  return fail("conflict", reasonOf(held), {
    state: stateOf(held),
    readsWanted: held.readsWanted,
    taken: held.taken,
  });
}

function stateOf({ status, skipped, adjudicated }: HeldItem): string {
  if (status !== "released") return status;
  if (adjudicated) return "adjudicated";
  return skipped ? "skipped" : "taken";
}

function reasonOf({ status, skipped, adjudicated }: HeldItem): string {
  if (status === "submitted") return "You have submitted this study already, in another window.";
  if (status === "skipped") return "You have skipped this study already, in another window.";
  if (adjudicated) return "You have adjudicated this study since: its readers are others.";
  return skipped
    ? "Somebody skipped this study while your lease had run out."
    : "Your lease had run out, and somebody else reads this study now.";
}
