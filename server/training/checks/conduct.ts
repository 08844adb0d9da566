import { availableParallelism } from "node:os";
import { and, eq, inArray, sql } from "drizzle-orm";
import { recordAudit } from "@/server/audit/record";
import { database } from "@/server/db/client";
import { checks } from "@/server/db/schema";
import { env } from "@/server/lib/env";
import { ExpectedFailure, messageOf } from "@/server/lib/errors";
import { ChildDied, startChild, TaskFailed } from "../child-process";
import { codeVersion } from "../code-version";
import { gatherCrew } from "../crew";
import { persist } from "../persist";
import { gatherHands } from "../sweeps/hands";
import { loadCohortFilms } from "./cohort-films";
import { type CheckPredictions, checkLabelErrors } from "./label-errors";
import { folds } from "./out-of-fold";
import { type CheckResult, checkConfiguration } from "./schema";
import { checkShortcuts } from "./shortcuts";
import { checkSiblings } from "./siblings";
import { storePredictions } from "./store-predictions";

/**
 * Does a check and keeps its result. Two workers at one check come to the same numbers, and the first keeps them.
 * @throws when the worker was told to stop, or lost its database; the check then waits for another
 */
export async function conductCheck(
  checkId: number,
  { signal }: { readonly signal: AbortSignal },
): Promise<void> {
  const [check] = await database()
    .update(checks)
    .set({ status: "running", startedAt: sql`now()`, codeVersion: await codeVersion() })
    .where(and(eq(checks.id, checkId), inArray(checks.status, ["queued", "running"])))
    .returning();
  if (!check) return;
  try {
    await close(checkId, { status: "done", ...(await work(check, signal)) });
  } catch (error) {
    if (!signal.aborted && isFinal(error))
      return await close(checkId, { status: "failed", error: error.message });
    throw new Error(`Check ${checkId} was given back: ${messageOf(error)}`, { cause: error });
  }
}

async function work(check: typeof checks.$inferSelect, signal: AbortSignal): Promise<Measured> {
  const configuration = checkConfiguration.parse(check.configuration);
  const crew = gatherCrew();
  // Each holds all features in memory: no more of them than there are heads at once.
  const most = configuration.kind === "label-errors" ? folds : Number.POSITIVE_INFINITY;
  const hands = gatherHands(startChild, Math.min(availableParallelism(), most));
  const dismiss = () => Promise.all([crew.dismiss(), hands.dismiss()]);
  signal.addEventListener("abort", () => void dismiss(), { once: true });
  try {
    const engine = await crew.lead.ask({ do: "engine", want: env().OVERREAD_ENGINE });
    await database().update(checks).set({ engine }).where(eq(checks.id, check.id));
    const { id: checkId, cohortId } = check;
    const place = { checkId, cohortId, engine, crew, hands, signal };
    // Each label is a question of its own: none is left out.
    const films = await loadCohortFilms(
      cohortId,
      configuration.seed,
      configuration.kind === "label-errors" ? Number.POSITIVE_INFINITY : undefined,
    );
    switch (configuration.kind) {
      case "shortcuts":
        return { result: await checkShortcuts(place, films, configuration) };
      case "siblings":
        return { result: await checkSiblings(place, films, configuration) };
      case "label-errors":
        return await checkLabelErrors(place, films, configuration);
    }
  } finally {
    await dismiss();
  }
}

/** Another try would end the same way. */
function isFinal(error: unknown): error is Error {
  return error instanceof TaskFailed || error instanceof ChildDied || error instanceof ExpectedFailure;
}

type Measured = { readonly result: CheckResult; readonly predictions?: CheckPredictions };
type End = ({ readonly status: "done" } & Measured) | { readonly status: "failed"; readonly error: string };

async function close(checkId: number, end: End): Promise<void> {
  const { predictions, ...row } = end.status === "done" ? end : { ...end, predictions: undefined };
  await persist(() =>
    database().transaction(async (tx) => {
      const closed = await tx
        .update(checks)
        .set({ ...row, progress: null, finishedAt: sql`now()` })
        .where(and(eq(checks.id, checkId), eq(checks.status, "running")))
        .returning({ id: checks.id });
      if (closed.length === 0) return;
      if (predictions) await storePredictions(tx, checkId, predictions);
      await recordAudit(tx, { kind: "system", part: "worker" }, [
        { action: `check.${end.status}`, object: { type: "check", id: checkId } },
      ]);
    }),
  );
}
