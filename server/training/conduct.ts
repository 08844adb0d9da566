import { eq } from "drizzle-orm";
import { database } from "@/server/db/client";
import { runs, workers } from "@/server/db/schema";
import { messageOf } from "@/server/lib/errors";
import { log } from "@/server/lib/log";
import { adviceFor } from "./advice";
import { attempt, NoGpu } from "./attempt";
import { ChildDied, TaskFailed } from "./child-process";
import { type Crew, gatherCrew } from "./crew";
import { closeRun, keepCrash, parkRun } from "./keep";
import { type Lease, LeaseLost, releaseLease, type TakenRun, takeRun } from "./lease";
import { persist } from "./persist";
import { Cancelled, type Pulse, startPulse } from "./pulse";
import { isOver, runConfiguration } from "./schema";

/** Tries without an epoch or a shard in between before a run is given up. */
const mostTries = 5;

/**
 * Takes a run and sees it to its end: done, failed or cancelled. A child that dies is replaced and goes on
 * from the checkpoint; the worker lives on.
 * @param signal stops the work; the run is given back for another worker
 * @returns "held" when somebody else is alive on the run, "over" when there is nothing left to do, "waiting" when
 * it needs a GPU and this worker has none
 */
export async function conductRun(
  runId: number,
  { signal, workerId, gather = gatherCrew }: { signal: AbortSignal; workerId?: string; gather?: () => Crew },
): Promise<"held" | "over" | "waiting"> {
  if (withoutGpu && (await wantsGpu(runId))) return "waiting";
  const taken = await takeRun(runId);
  if (taken === "held" || taken === "over") return taken;
  const { lease } = taken;
  const pulse = startPulse(lease);
  try {
    const stopped = whenAborted(signal);
    for (let run = taken.run; ; run = await reload(runId)) {
      const end = await tryOnce(run, lease, gather, pulse, stopped);
      if (end === "again") continue;
      if (workerId) await noteEngine(workerId, runId);
      return end;
    }
  } finally {
    pulse.stop();
  }
}

async function tryOnce(
  run: TakenRun,
  lease: Lease,
  gather: () => Crew,
  pulse: Pulse,
  stopped: Promise<never>,
): Promise<"again" | "held" | "over" | "waiting"> {
  if (run.attempt > mostTries) {
    const line = `Given up: taken up ${mostTries} times without coming forward; the worker died each time.`;
    await persist(() => closeRun(lease, "failed", line));
    return "over";
  }
  const crew = gather();
  try {
    const work = attempt(run, lease, crew, pulse);
    // When the race is decided otherwise, the attempt still ends, by its children's death.
    work.catch(() => {});
    await Promise.race([work, pulse.ended, stopped]);
    return "over";
  } catch (error) {
    return await endedBy(error, lease, crew, adviceFor(run, pulse.phase()));
  } finally {
    await crew.dismiss();
  }
}

async function endedBy(
  error: unknown,
  lease: Lease,
  crew: Crew,
  advice: string,
): Promise<"again" | "held" | "over" | "waiting"> {
  if (error instanceof NoGpu) {
    await crew.dismiss();
    await persist(() => parkRun(lease));
    withoutGpu = true;
    return "waiting";
  }
  if (error instanceof ChildDied && error.memory === "out") {
    await persist(() => closeRun(lease, "failed", `${error.message} ${advice}`));
    return "over";
  }
  if (error instanceof ChildDied) {
    const tries = await keepTry(lease, error.message);
    if (tries < mostTries) return "again";
    const line = `${error.message} Given up after ${tries} tries without coming forward.`;
    await persist(() => closeRun(lease, "failed", error.memory === "perhaps" ? `${line} ${advice}` : line));
    return "over";
  }
  if (error instanceof TaskFailed) {
    await persist(() => closeRun(lease, "failed", error.message));
    return "over";
  }
  await crew.dismiss();
  if (error instanceof Cancelled) {
    await persist(() => closeRun(lease, "cancelled", "Cancelled."));
    return "over";
  }
  if (error instanceof LeaseLost) {
    log("training").warn({ run: lease.runId }, error.message);
    return "held";
  }
  await releaseLease(lease).catch((cause: unknown) =>
    log("training").warn({ err: cause, run: lease.runId }, "the lease runs out by itself"),
  );
  throw new Error(`Run ${lease.runId} was given back: ${messageOf(error)}`, { cause: error });
}

async function keepTry(lease: Lease, line: string): Promise<number> {
  let tries = mostTries;
  await persist(async () => {
    tries = await keepCrash(lease, `${line} It goes on from its last checkpoint.`);
  });
  return tries;
}

/** Rejects when the worker is told to stop. */
function whenAborted(signal: AbortSignal): Promise<never> {
  const stopped = new Promise<never>((_, reject) => {
    const stop = () => reject(new Error("the worker stops"));
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  stopped.catch(() => {});
  return stopped;
}

async function reload(runId: number): Promise<TakenRun> {
  const [run] = await database().select().from(runs).where(eq(runs.id, runId));
  if (!run) throw new Error(`Run ${runId} is gone`);
  return run;
}

/** Known once a run has asked for one in vain: the next need not start an engine to hear it. */
let withoutGpu = false;

async function wantsGpu(runId: number): Promise<boolean> {
  const { configuration, status } = await reload(runId);
  return !isOver(status) && runConfiguration.parse(configuration).device === "gpu";
}

/** What this worker computes with, for the launch form's estimate. */
async function noteEngine(workerId: string, runId: number): Promise<void> {
  const { engine } = await reload(runId);
  if (engine) await database().update(workers).set({ engine }).where(eq(workers.id, workerId));
}
