import { setTimeout as wait } from "node:timers/promises";
import { log } from "@/server/lib/log";

/** How long a database may be away before a run gives its attempt up. */
const patienceMs = 180_000;

/**
 * Repeats a write while the database is away: one that restarts costs a run nothing.
 * @throws LeaseLost and any other fault at once; the outage itself after three minutes
 */
export async function persist(write: () => Promise<void>): Promise<void> {
  for (const began = Date.now(); ; ) {
    try {
      return await write();
    } catch (error) {
      if (!isOutage(error) || Date.now() - began > patienceMs) throw error;
      log("training").warn({ err: error }, "the database is away; a write of a run waits for it");
      await wait(1_000);
    }
  }
}

const codes = /^(08...|57P0[123]|CONNECTION_|CONNECT_TIMEOUT|ECONN|EPIPE|ENOTFOUND|ETIMEDOUT)/;

/** The driver's and PostgreSQL's codes for a connection that broke or was refused; drizzle wraps them. */
function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && typeof error.code === "string" && codes.test(error.code)) return true;
  return isOutage(error.cause);
}
