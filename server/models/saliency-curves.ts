import { and, eq } from "drizzle-orm";
import { query } from "@/server/auth/command";
import { saliencyCurves as stored } from "@/server/db/schema";
import { ok } from "@/server/lib/errors";
import { areaUnder, type PerturbationCurves } from "@/server/ml/perturbation";
import { type CurveComparison, runReference, type SaliencyWorth } from "./schema";

/**
 * What the HiResCAM maps of a run's test images are worth: mean deletion and insertion curves beside those of a random
 * order. Null for a run that none were measured of, as before there were any.
 */
export const saliencyWorth = query({
  name: "saliency.worth",
  permission: "models.view",
  input: runReference,
  async run({ db, input }) {
    const rows = await db
      .select()
      .from(stored)
      .where(and(eq(stored.runId, input.run), eq(stored.method, "hirescam")))
      .orderBy(stored.imageId);
    if (rows.length === 0) return ok(null);
    const worth: SaliencyWorth = {
      images: rows.length,
      deletion: compared(rows, "deletion", "randomDeletion"),
      insertion: compared(rows, "insertion", "randomInsertion"),
    };
    return ok(worth);
  },
});

type Name = keyof PerturbationCurves;

function compared(rows: readonly PerturbationCurves[], own: Name, control: Name): CurveComparison {
  const ofMap = meanCurve(rows.map((row) => row[own]));
  const ofRandom = meanCurve(rows.map((row) => row[control]));
  const differences = rows.map((row) => areaUnder(row[own]) - areaUnder(row[control]));
  return {
    map: { curve: ofMap, area: areaUnder(ofMap) },
    random: { curve: ofRandom, area: areaUnder(ofRandom) },
    difference: meanWithInterval(differences),
  };
}

function meanCurve(curves: readonly (readonly number[])[]): number[] {
  return (curves[0] ?? []).map((_, step) => mean(curves.map((curve) => curve[step] ?? 0)));
}

/** The mean of paired differences with its normal 95% interval, which one image alone does not have. */
function meanWithInterval(values: readonly number[]): CurveComparison["difference"] {
  const value = mean(values);
  if (values.length < 2) return { value, low: null, high: null };
  const squares = values.reduce((sum, one) => sum + (one - value) ** 2, 0);
  const half = 1.959964 * Math.sqrt(squares / (values.length - 1) / values.length);
  return { value, low: value - half, high: value + half };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
