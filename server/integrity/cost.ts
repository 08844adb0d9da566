import { and, desc, eq, sql } from "drizzle-orm";
import { query } from "@/server/auth/command";
import type { Database } from "@/server/db/client";
import { images, predictions, runs, splitLeaks } from "@/server/db/schema";
import { ok } from "@/server/lib/errors";
import { findSplit } from "@/server/splits/find";
import { costOf, type TestPrediction } from "./cost-rules";
import { auditInput, type LeakCost } from "./schema";

/**
 * What the leak may have cost: the newest finished run's figures on the leaked test images against the clean
 * ones (integrity.md, Leakage, first of the three ways). Null where no run is finished or nothing leaks.
 * Errors: not-found.
 */
export const leakCost = query({
  name: "split.cost",
  permission: "models.view",
  input: auditInput,
  async run({ db, input }) {
    const found = await findSplit(db, input.split);
    if (!found.ok) return found;
    const [run] = await db
      .select({ id: runs.id, network: runs.network, classes: runs.classes, seed: runs.seed })
      .from(runs)
      .where(and(eq(runs.splitId, found.value.id), eq(runs.status, "done")))
      .orderBy(desc(runs.id))
      .limit(1);
    if (!run) return ok<LeakCost | null>(null);
    const figures = costOf(await testPredictions(db, run.id, found.value.id), run.classes, run.seed);
    return ok<LeakCost | null>(figures && { run: run.id, network: run.network, ...figures });
  },
});

function testPredictions(db: Database, runId: number, splitId: number): Promise<TestPrediction[]> {
  return db
    .select({
      truth: predictions.classIndex,
      predicted: predictions.predictedIndex,
      patientId: images.patientId,
      leaked: sql<boolean>`${splitLeaks.imageId} is not null`,
    })
    .from(predictions)
    .innerJoin(images, eq(images.id, predictions.imageId))
    .leftJoin(splitLeaks, and(eq(splitLeaks.splitId, splitId), eq(splitLeaks.imageId, predictions.imageId)))
    .where(and(eq(predictions.runId, runId), eq(predictions.part, 2)))
    .orderBy(predictions.imageId);
}
