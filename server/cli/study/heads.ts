import { createHash } from "node:crypto";
import { valueOf as valueIn } from "@/server/auth/command";
import { ExpectedFailure } from "@/server/lib/errors";
import { startCheck } from "@/server/training/checks/commands";
import type { CheckInput, CheckState } from "@/server/training/checks/schema";
import { showRun } from "@/server/training/queries";
import type { RunDetail } from "@/server/training/run-views";
import { createSweep } from "@/server/training/sweeps/commands";
import { promoteTrial } from "@/server/training/sweeps/promote";
import { showSweep } from "@/server/training/sweeps/queries";
import type { SweepDetail, TrialView } from "@/server/training/sweeps/sweep-views";
import { followCheck } from "../follow-check";
import { followRun } from "../follow-run";
import { followSweep } from "../follow-sweep";
import type { Stage } from "./stage";

export type StudyBase = { readonly network: CheckInput["network"]; readonly weights: string };

/** The published grid on a split; one that was done before is found again, one that failed is made anew. */
export async function publishedGrid(
  { actor, say }: Stage,
  split: string,
  base: StudyBase,
): Promise<SweepDetail> {
  for (let attempt = 0; ; attempt++) {
    const idempotencyKey = uuidOf({ split, ...base, attempt });
    const { sweep } = valueIn(
      await createSweep(actor, { split, plan: "published", ...base, seed: 42, idempotencyKey }),
    );
    const before = valueIn(await showSweep(actor, { sweep }));
    if (before.status === "failed" || before.status === "cancelled") continue;
    const done = await followSweep(actor, sweep, say);
    if (done.status === "done") return done;
    throw new ExpectedFailure("conflict", done.error ?? `The sweep on ${split} is ${done.status}.`);
  }
}

/** The trial that the study would have chosen, as a full run with predictions and intervals. */
export async function bestRun({ actor, say }: Stage, { id, trials }: SweepDetail): Promise<RunDetail> {
  const { run } = valueIn(await promoteTrial(actor, { sweep: id, trial: bestOf(trials).trial }));
  await followRun(actor, run, say);
  const detail = valueIn(await showRun(actor, { run }));
  if (detail.status === "done") return detail;
  throw new ExpectedFailure("conflict", detail.error ?? `Run ${run} is ${detail.status}.`);
}

/** The highest validation accuracy, and of equals the lowest validation loss. */
export function bestOf(trials: readonly TrialView[]): TrialView {
  const best = trials.find(({ status }) => status === "done");
  if (!best) throw new ExpectedFailure("conflict", "No trial of the grid came to its end.");
  return best;
}

/** A check that is done, now or before. */
export async function doneCheck<Kind extends CheckInput["kind"]>(
  { actor, say }: Stage,
  input: Extract<Parameters<typeof startCheck>[1], { kind: Kind }>,
): Promise<Extract<CheckState, { kind: Kind }>> {
  const { check } = valueIn(await startCheck(actor, input));
  const state = await followCheck(actor, check, say);
  if (state.status === "done" && isOfKind(state, input.kind)) return state;
  throw new ExpectedFailure("conflict", state.error ?? `Check ${check} is ${state.status}.`);
}

function isOfKind<Kind extends CheckState["kind"]>(
  state: CheckState,
  kind: Kind,
): state is Extract<CheckState, { kind: Kind }> {
  return state.kind === kind;
}

/** The same facts, the same key: hash bytes in the shape of a version 4 UUID. */
function uuidOf(facts: unknown): string {
  const hex = createHash("sha256").update(JSON.stringify(facts)).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
