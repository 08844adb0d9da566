import { and, desc, eq, sql } from "drizzle-orm";
import type { Executor } from "@/server/db/client";
import { runEpochs, runs } from "@/server/db/schema";
import { type RunConfiguration, type RunEngine, runMetrics } from "./schema";

/**
 * Passes forward and back that one epoch of fine-tuning costs: each training film one, each film of validation, which
 * goes forward alone, a third.
 */
export function tuningPasses(films: { readonly train: number; readonly validation: number }): number {
  return films.train + films.validation / 3;
}

/**
 * @returns milliseconds a pass, by the newest run here that trained this network from the same stage on, on this
 *   engine; null where there was none
 */
export async function tuningSpeed(
  db: Executor,
  { network, fineTuning }: RunConfiguration,
  engine: RunEngine["name"],
): Promise<number | null> {
  const [run] = await db
    .select({ id: runs.id, metrics: runs.metrics })
    .from(runs)
    .where(
      and(
        eq(runs.status, "done"),
        eq(runs.network, network),
        sql`${runs.engine}->>'name' = ${engine}`,
        sql`${runs.configuration}->'fineTuning'->'from' = ${JSON.stringify(fineTuning?.from ?? null)}::jsonb`,
      ),
    )
    .orderBy(desc(runs.id))
    .limit(1);
  const metrics = runMetrics.safeParse(run?.metrics);
  if (!run || !metrics.success) return null;
  const [epoch] = await db
    .select({
      // The middle one: the first builds the graph.
      seconds: sql<number | null>`percentile_cont(0.5) within group (order by ${runEpochs.seconds})`,
    })
    .from(runEpochs)
    .where(and(eq(runEpochs.runId, run.id), eq(runEpochs.fineTuned, true)));
  const { train, validation } = metrics.data.parts;
  const passes = tuningPasses({ train: train.images, validation: validation.images });
  return epoch?.seconds && passes > 0 ? (epoch.seconds * 1000) / passes : null;
}
