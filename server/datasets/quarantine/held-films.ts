import { and, asc, eq, inArray } from "drizzle-orm";
import { type Actor, actorName } from "@/server/auth/actor";
import type { Transaction } from "@/server/db/client";
import { quarantinedFilms } from "@/server/db/schema";
import { ExpectedFailure } from "@/server/lib/errors";

type Held = typeof quarantinedFilms.$inferSelect;

/**
 * The films of a decision, locked until it is made.
 * @throws ExpectedFailure("conflict") when one of them waits no more: nothing is decided by half
 */
export async function heldFilms(tx: Transaction, ids: readonly number[]): Promise<readonly Held[]> {
  const wanted = [...new Set(ids)];
  const rows = await tx
    .select()
    .from(quarantinedFilms)
    .where(and(inArray(quarantinedFilms.id, wanted), eq(quarantinedFilms.state, "held")))
    .orderBy(asc(quarantinedFilms.id))
    .for("update");
  if (rows.length === wanted.length) return rows;
  const gone = wanted.length - rows.length;
  throw new ExpectedFailure(
    "conflict",
    `${gone === 1 ? "One of these films waits" : `${gone} of these films wait`} no more: somebody decided in the meantime. Nothing was changed.`,
  );
}

/** What a decision writes on its films. */
export function decided(actor: Actor, state: "cleared" | "rejected") {
  return {
    state,
    decidedAt: new Date(),
    decidedBy: actorName(actor),
    userId: actor.kind === "person" ? actor.userId : null,
  };
}
