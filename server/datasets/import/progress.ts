import { eq } from "drizzle-orm";
import { database } from "@/server/db/client";
import { imports } from "@/server/db/schema";
import { log } from "@/server/lib/log";
import type { ImportProgress } from "../schema";

export type Report = (phase: ImportProgress["phase"], done: number, total: number) => void;

const everyMs = 500;

/** Tells how far an import is: the caller at once, its row in the database at most twice a second. */
export function progressReport(importId: number, listener?: (progress: ImportProgress) => void): Report {
  let current: { phase: ImportProgress["phase"]; since: number } | undefined;
  let writtenAt = Number.NEGATIVE_INFINITY;
  return (phase, done, total) => {
    const now = performance.now();
    const phaseIsNew = current?.phase !== phase;
    if (!current || phaseIsNew) current = { phase, since: now };
    if (!phaseIsNew && now - writtenAt < everyMs) return;
    writtenAt = now;
    const known = Math.max(total, done);
    const secondsLeft = secondsLeftOf(done, known, (now - current.since) / 1000);
    const progress = { phase, done, total: total === 0 ? 0 : known, secondsLeft };
    listener?.(progress);
    database()
      .update(imports)
      .set({ progress })
      .where(eq(imports.id, importId))
      .catch((error: unknown) => log("import").warn({ err: error, importId }, "progress not written"));
  };
}

/** At the pace so far; nobody can say before two seconds have passed. */
function secondsLeftOf(done: number, total: number, elapsed: number): number | undefined {
  if (elapsed < 2 || done === 0 || total === 0) return undefined;
  return Math.round((elapsed / done) * (total - done));
}
