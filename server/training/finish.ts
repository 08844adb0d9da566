import { eq, sql } from "drizzle-orm";
import { recordAudit } from "@/server/audit/record";
import type { Transaction } from "@/server/db/client";
import { predictions, runs, saliencyCurves, saliencyMaps } from "@/server/db/schema";
import { enqueue } from "@/server/jobs/queue";
import type { RunImages, SaliencyCurves, SaliencyMap, TrainResult } from "./child/protocol";
import { addLine, dropCheckpoint, noteObjects } from "./keep";
import { type Lease, type TakenRun, withLease } from "./lease";

type Finished = Extract<TrainResult, { damaged: null }>;

/**
 * Makes a run done: predictions, metrics, model and the first saliency maps in one transaction under the
 * lease, so that there is one model or none. The maps of the other test images follow in a job of their own.
 */
export async function finishRun(
  lease: Lease,
  run: TakenRun,
  images: RunImages,
  done: Finished,
): Promise<void> {
  const checkpoint = await withLease(lease, async (tx) => {
    await storePredictions(tx, run, images, done.probabilities);
    await storeMaps(tx, run.id, done.maps);
    await noteObjects(tx, "model", [done.model]);
    await addLine(tx, lease, "info", `Done: the model holds the weights of epoch ${done.keptEpoch}.`);
    const [before] = await tx.select({ sha256: runs.checkpointSha256 }).from(runs).where(eq(runs.id, run.id));
    await tx
      .update(runs)
      .set({
        status: "done",
        metrics: done.metrics,
        modelSha256: done.model.sha256,
        seconds: sql`jsonb_build_object(
          'features', coalesce((${runs.seconds}->>'features')::float, 0),
          'training', (select coalesce(sum(seconds), 0) from run_epochs where run_id = ${run.id}),
          'extracted', coalesce((${runs.seconds}->>'extracted')::int, 0))`,
        progress: null,
        checkpointSha256: null,
        leaseToken: null,
        leaseExpiresAt: null,
        finishedAt: sql`now()`,
      })
      .where(eq(runs.id, run.id));
    await enqueue(tx, "explain", { runId: run.id });
    await recordAudit(tx, { kind: "system", part: "worker" }, [
      {
        action: "run.done",
        object: { type: "run", id: run.id },
        after: { model: done.model.sha256, test: done.metrics.parts.test?.confusion },
      },
    ]);
    return before?.sha256 ?? null;
  });
  await dropCheckpoint(checkpoint);
}

/** Rows per insert: six parameters each, and PostgreSQL takes 65,535 a statement. */
const batch = 5_000;

async function storePredictions(
  tx: Transaction,
  run: TakenRun,
  images: RunImages,
  probabilities: Float32Array,
): Promise<void> {
  const classes = run.classes.length;
  await tx.delete(predictions).where(eq(predictions.runId, run.id));
  for (let first = 0; first < images.ids.length; first += batch) {
    const rows = Array.from({ length: Math.min(batch, images.ids.length - first) }, (_, offset) => {
      const at = first + offset;
      const own = Array.from(probabilities.subarray(at * classes, (at + 1) * classes));
      return {
        runId: run.id,
        imageId: images.ids[at] ?? 0,
        part: images.part[at] ?? 0,
        classIndex: images.label[at] ?? 0,
        predictedIndex: own.indexOf(Math.max(...own)),
        probabilities: own,
      };
    });
    await tx.insert(predictions).values(rows);
  }
}

/** Stores maps; one that is there for the same image, method and class is replaced. */
export async function storeMaps(tx: Transaction, runId: number, maps: readonly SaliencyMap[]): Promise<void> {
  if (maps.length === 0) return;
  await noteObjects(
    tx,
    "saliency",
    maps.map((map) => map.object),
  );
  await tx
    .insert(saliencyMaps)
    .values(maps.map(({ object, ...map }) => ({ ...map, runId, objectSha256: object.sha256 })))
    .onConflictDoUpdate({
      target: [saliencyMaps.runId, saliencyMaps.imageId, saliencyMaps.method, saliencyMaps.classIndex],
      set: {
        objectSha256: sql`excluded.object_sha256`,
        height: sql`excluded.height`,
        width: sql`excluded.width`,
        min: sql`excluded.min`,
        max: sql`excluded.max`,
        score: sql`excluded.score`,
        probability: sql`excluded.probability`,
      },
    });
}

/** Stores deletion and insertion curves; those that are there already stay. */
export async function storeCurves(
  tx: Transaction,
  runId: number,
  curves: readonly SaliencyCurves[],
): Promise<void> {
  if (curves.length === 0) return;
  const rows = curves.map((own) => ({ ...own, runId }));
  await tx.insert(saliencyCurves).values(rows).onConflictDoNothing();
}
