import { eq } from "drizzle-orm";
import type { Executor } from "@/server/db/client";
import { splits } from "@/server/db/schema";
import { fail, ok, type Result } from "@/server/lib/errors";
import type { SplitReference } from "./schema";

export type SplitRow = typeof splits.$inferSelect;

/**
 * The split that a page (by id) or a shell (by name, or by id where no split has that name) means.
 * Errors: not-found.
 */
export async function findSplit(db: Executor, reference: SplitReference): Promise<Result<SplitRow>> {
  const row = typeof reference === "number" ? await byId(db, reference) : await byName(db, reference);
  return row ? ok(row) : fail("not-found", `There is no split ${reference}.`);
}

async function byName(db: Executor, name: string): Promise<SplitRow | undefined> {
  const [row] = await db.select().from(splits).where(eq(splits.name, name));
  return row ?? (/^\d{1,15}$/.test(name) ? byId(db, Number(name)) : undefined);
}

async function byId(db: Executor, id: number): Promise<SplitRow | undefined> {
  const [row] = await db.select().from(splits).where(eq(splits.id, id));
  return row;
}
