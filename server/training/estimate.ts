import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import type { Executor } from "@/server/db/client";
import { runs, workers } from "@/server/db/schema";
import { featureRecipes } from "./feature-recipe";
import { type NetworkName, trainableNetworks } from "./networks";
import type { PreparedLaunch } from "./prepare-launch";
import { type RunEngine, runConfiguration, runMetrics } from "./schema";
import { tuningPasses, tuningSpeed } from "./tuning-speed";

export type Estimate = {
  readonly seconds: number;
  readonly engine: string;
  /** Where the speed was measured: runs here, or the machine that Overread was written on. */
  readonly basis: "here" | "reference";
  /** Feature rows to extract, and how many of all there are already; null where there are none to extract. */
  readonly features: { readonly missing: number; readonly stored: number } | null;
};

/** Milliseconds of wall time per feature row, and per image and epoch. */
type Speed = { readonly perRow: number; readonly perStep: number; readonly basis: Estimate["basis"] };

/** Measured on 2 cores of a cloud machine without a GPU, November 2026; `perTuned` is a pass of the whole base. */
const reference = {
  wasm: {
    compact: { perRow: 0, perStep: 12, perTuned: 0 },
    densenet121: { perRow: 150, perStep: 0.5, perTuned: 1_500 },
    "efficientnet-lite0": { perRow: 36, perStep: 0.5, perTuned: 500 },
  },
  native: {
    compact: { perRow: 0, perStep: 8, perTuned: 0 },
    densenet121: { perRow: 45, perStep: 0.08, perTuned: 250 },
    "efficientnet-lite0": { perRow: 13, perStep: 0.08, perTuned: 100 },
  },
} as const;

/** How long a run will take: from what runs of its network took here, else from the reference machine. */
export async function estimateRun(db: Executor, launch: PreparedLaunch): Promise<Estimate> {
  const { configuration, parts, split } = launch;
  const engine = await likelyEngine(db);
  const name = engine?.name === "native" ? "native" : "wasm";
  const speed = (await measuredSpeed(db, configuration.network, name)) ?? {
    ...reference[name][configuration.network],
    basis: "reference" as const,
  };
  const train = parts.find((part) => part.part === "train")?.images ?? 0;
  const all = parts.reduce((sum, part) => sum + part.images, 0);
  const whole = trainableNetworks[configuration.network].trained === "whole";
  const rows = whole ? 0 : all + train * configuration.augmentedViews;
  const stored =
    rows > 0 && engine ? await storedRows(db, split.id, featureRecipes(configuration, engine)) : 0;
  const missing = Math.max(0, rows - stored);
  const steps = train * configuration.training.epochs;
  const { fineTuning, network } = configuration;
  const perTuned = fineTuning ? await tuningSpeed(db, configuration, name) : null;
  const validation = parts.find((part) => part.part === "validation")?.images ?? 0;
  const tuned = fineTuning
    ? tuningPasses({ train, validation }) *
      fineTuning.epochs *
      (perTuned ?? reference[name][network].perTuned)
    : 0;
  // Beside the base's epochs the rest is soon done.
  const basisOfTuning = perTuned === null ? "reference" : "here";
  return {
    seconds: (missing * speed.perRow + steps * speed.perStep + tuned) / 1000,
    engine: name,
    basis: fineTuning ? basisOfTuning : speed.basis,
    features: whole ? null : { missing, stored: rows - missing },
  };
}

/** What the workers said last that they compute with, else the newest run. */
async function likelyEngine(db: Executor): Promise<RunEngine | null> {
  const [worker] = await db
    .select({ engine: workers.engine })
    .from(workers)
    .where(isNotNull(workers.engine))
    .orderBy(desc(workers.seenAt))
    .limit(1);
  if (worker?.engine) return worker.engine;
  const [run] = await db
    .select({ engine: runs.engine })
    .from(runs)
    .where(isNotNull(runs.engine))
    .orderBy(desc(runs.id))
    .limit(1);
  return run?.engine ?? null;
}

async function measuredSpeed(
  db: Executor,
  network: NetworkName,
  engine: "native" | "wasm",
): Promise<Speed | null> {
  const done = await db
    .select()
    .from(runs)
    .where(and(eq(runs.status, "done"), eq(runs.network, network), sql`${runs.engine}->>'name' = ${engine}`))
    .orderBy(desc(runs.id))
    .limit(5);
  const samples = done.flatMap((run) => {
    const metrics = runMetrics.safeParse(run.metrics);
    if (!metrics.success || !run.seconds) return [];
    const { training: course, fineTuning } = runConfiguration.parse(run.configuration);
    // Its seconds are mostly those of the base.
    if (fineTuning) return [];
    const { features, training, extracted } = run.seconds;
    return [
      {
        perStep: (training * 1000) / (course.epochs * metrics.data.parts.train.images),
        perRow: extracted > 0 ? (features * 1000) / extracted : null,
      },
    ];
  });
  if (samples.length === 0) return null;
  const perRow = samples.flatMap((sample) => sample.perRow ?? []);
  return {
    perStep: median(samples.map((sample) => sample.perStep)),
    perRow: perRow.length > 0 ? median(perRow) : reference[engine][network].perRow,
    basis: "here",
  };
}

async function storedRows(
  db: Executor,
  splitId: number,
  recipes: { plain: string; turned: string },
): Promise<number> {
  const [row] = await db.execute<{ rows: number }>(sql`
    select count(*)::int as rows from feature_rows f
    where f.recipe in (${recipes.plain}, ${recipes.turned}) and exists (
      select from split_images s join images i on i.id = s.image_id
      where s.split_id = ${splitId} and i.object_sha256 = f.image_sha256 and (f.view = 0 or s.part = 0))`);
  return row?.rows ?? 0;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
