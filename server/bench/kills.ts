import { setTimeout as pause } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { and, eq, inArray, sql } from "drizzle-orm";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { auditLog, objects } from "@/server/db/schema";
import { seededRandom } from "@/server/ml/random";
import { type Child, startChild, typescript } from "@/server/processes/child";
import { smallSplit } from "@/server/testing/small-split";
import { launchRun } from "@/server/training/commands";
import { showRun } from "@/server/training/queries";
import type { RunDetail } from "@/server/training/run-views";
import { isOver } from "@/server/training/schema";
import type { Benchmark, Figure } from "./benchmark";

const shell = { kind: "shell", osUser: "bench" } as const;
const seeds = [1, 2, 3, 4];
const wantedKills = 20;

/** Workers killed (SIGKILL) in the middle of training, real processes all, against the same runs left alone. */
export const killsBenchmark: Benchmark = {
  name: "kills",
  needs: [],
  async run() {
    const split = await smallSplit({ parts: [64, 20, 24] });
    let workers = startWorkers();
    try {
      const alone = await launchAll(split.name);
      await until(alone, (runs) => runs.every(({ status }) => isOver(status)));
      const killed = await launchAll(split.name);
      const random = seededRandom(20);
      const recoveries: number[] = [];
      let kills = 0;
      let killedAt: number | null = null;
      let before = killed.map(() => 0);
      while (kills < wantedKills) {
        // Each has come an epoch further since it was killed last.
        const runs = await until(killed, (now) =>
          now.every((run, at) => isOver(run.status) || run.epochs.length > (before[at] ?? 0)),
        );
        if (killedAt !== null) recoveries.push((performance.now() - killedAt) / 1000);
        if (runs.every(({ status }) => isOver(status))) break;
        await pause(random.uniform() * 1_000);
        const held = (await all(killed)).filter(({ status }) => status === "running").length;
        await killAll(workers);
        killedAt = performance.now();
        kills += held;
        before = (await all(killed)).map(({ epochs }) => epochs.length);
        workers = startWorkers();
      }
      await until(killed, (runs) => runs.every(({ status }) => isOver(status)));
      return await compare(await all(alone), await all(killed), kills, recoveries);
    } finally {
      await Promise.all(workers.map((worker) => worker.stop()));
    }
  },
};

async function compare(
  alone: readonly RunDetail[],
  killed: readonly RunDetail[],
  kills: number,
  recoveries: readonly number[],
): Promise<Figure[]> {
  const pairs = alone.map((run, at) => [run, killed[at]] as const);
  const differing = (of: (run: RunDetail | undefined) => unknown) =>
    pairs.filter(([one, other]) => !isDeepStrictEqual(of(one), of(other))).length;
  const ids = killed.map(({ id }) => String(id));
  const models = await database().$count(
    auditLog,
    and(eq(auditLog.action, "run.done"), inArray(auditLog.objectId, ids)),
  );
  const checkpoints = await database().$count(objects, sql`${objects.kind} = 'checkpoint'`);
  return [
    { what: "kills while a run was at work", value: kills, unit: "kills", bar: { atLeast: wantedKills } },
    { what: "runs", value: killed.length, unit: "runs" },
    {
      what: "models too many or too few",
      value: Math.abs(models - killed.length),
      unit: "models",
      bar: { atMost: 0 },
    },
    { what: "runs whose epochs differ", value: differing((run) => run?.epochs), ...none },
    { what: "runs whose metrics differ", value: differing((run) => run?.metrics), ...none },
    { what: "runs whose model differs", value: differing((run) => run?.modelSha256), ...none },
    { what: "runs not done", value: killed.filter(({ status }) => status !== "done").length, ...none },
    { what: "checkpoints left behind", value: checkpoints, unit: "objects", bar: { atMost: 0 } },
    {
      what: "from a kill until every run has a new epoch, longest",
      value: Math.max(...recoveries),
      unit: "s",
      bar: { atMost: 120 },
    },
  ];
}

const none = { unit: "runs", bar: { atMost: 0 } } as const;

function startWorkers(): Child[] {
  return seeds.map((seed) => startChild(`worker ${seed}`, typescript("server/worker/main.ts")));
}

async function killAll(workers: readonly Child[]): Promise<void> {
  for (const { pid } of workers) if (pid !== undefined) process.kill(pid, "SIGKILL");
  await Promise.all(workers.map(({ ended }) => ended));
}

function launchAll(split: string): Promise<number[]> {
  return Promise.all(
    seeds.map(async (seed) => {
      const options = { network: "compact", epochs: 60, dropout: 0.3, rotation: 10, seed } as const;
      return valueIn(await launchRun(shell, { split, ...options })).run;
    }),
  );
}

function all(runs: readonly number[]): Promise<RunDetail[]> {
  return Promise.all(runs.map(async (run) => valueIn(await showRun(shell, { run }))));
}

async function until(
  runs: readonly number[],
  holds: (now: readonly RunDetail[]) => boolean,
): Promise<readonly RunDetail[]> {
  for (;;) {
    const now = await all(runs);
    if (holds(now)) return now;
    await pause(200);
  }
}
