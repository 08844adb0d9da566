import { sql } from "drizzle-orm";
import type { Executor } from "@/server/db/client";
import { attempts } from "@/server/db/schema";

/** Failures are counted in windows of this length. */
const windowMinutes = 15;
/** One address may fail this often in a window, then it waits for the window's end. */
export const failuresPerAddress = 40;
/** From this failure on, each further try at one account is answered later. */
const failuresBeforeDelay = 5;
export const longestDelayMs = 8_000;

/**
 * Counts one try under a key and returns how many there were in the window, this one included. One statement:
 * tries that arrive at once are all counted.
 */
export async function countAttempt(db: Executor, key: string): Promise<number> {
  const stale = sql`${attempts.windowStart} < now() - make_interval(mins => ${windowMinutes})`;
  const [row] = await db
    .insert(attempts)
    .values({ key, windowStart: sql`now()`, count: 1 })
    .onConflictDoUpdate({
      target: attempts.key,
      set: {
        count: sql`case when ${stale} then 1 else ${attempts.count} + 1 end`,
        windowStart: sql`case when ${stale} then now() else ${attempts.windowStart} end`,
      },
    })
    .returning({ count: attempts.count });
  return row?.count ?? 1;
}

/** Takes a counted try back: it did not fail. */
export async function forgiveAttempt(db: Executor, key: string): Promise<void> {
  await db
    .update(attempts)
    .set({ count: sql`greatest(${attempts.count} - 1, 0)` })
    .where(sql`${attempts.key} = ${key}`);
}

/** Forgets an account's failures: its owner got in. */
export async function clearAttempts(db: Executor, key: string): Promise<void> {
  await db.delete(attempts).where(sql`${attempts.key} = ${key}`);
}

/** How long the answer to the nth failing try at one account waits: doubling, and never for good. */
export function delayMs(tries: number): number {
  if (tries <= failuresBeforeDelay) return 0;
  return Math.min(longestDelayMs, 250 * 2 ** (tries - failuresBeforeDelay - 1));
}
