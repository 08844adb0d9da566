import { eq } from "drizzle-orm";
import { database } from "@/server/db/client";
import { predictions, runs, splitImages } from "@/server/db/schema";
import { resolveConfiguration } from "@/server/training/rules";
import { launchInput, metricNames, type PartMetrics, type RunMetrics } from "@/server/training/schema";
import { smallSplit } from "./small-split";

type Wanted = {
  readonly classes?: readonly [string, string];
  /** Probability of the first class for the nth test image (or each image) by its place in the split. */
  probabilityOf(place: number, classIndex: number): number;
};

/** A run that is done, with predictions as wanted, without having been trained. */
export async function finishedRun({ classes = ["disc", "plain"], probabilityOf }: Wanted) {
  const split = await smallSplit({ classes });
  const configuration = resolveConfiguration(
    launchInput.parse({ split: split.splitId, network: "compact" }),
    null,
  );
  const [run] = await database()
    .insert(runs)
    .values({
      splitId: split.splitId,
      network: "compact",
      configuration,
      seed: 42,
      classes: [...classes],
      datasetVersions: {},
      codeVersion: "test",
      status: "done",
      metrics: noMetrics,
      createdBy: "test",
    })
    .returning();
  if (!run) throw new Error("the run was not written");
  const members = await database()
    .select()
    .from(splitImages)
    .where(eq(splitImages.splitId, split.splitId))
    .orderBy(splitImages.imageId);
  await database()
    .insert(predictions)
    .values(
      members.map(({ imageId, part, classIndex }, place) => {
        const p = probabilityOf(place, classIndex);
        const predictedIndex = p >= 0.5 ? 0 : 1;
        return { runId: run.id, imageId, part, classIndex, predictedIndex, probabilities: [p, 1 - p] };
      }),
    );
  return { ...split, run: run.id, members };
}

const empty: PartMetrics = {
  images: 0,
  patients: 0,
  confusion: [
    [0, 0],
    [0, 0],
  ],
  metrics: Object.fromEntries(
    metricNames.map((name) => [name, { value: null, low: null, high: null }]),
  ) as PartMetrics["metrics"],
  report: [],
};
const noMetrics: RunMetrics = {
  bootstrap: { draws: 0, seed: 0, groups: "patient" },
  parts: { train: empty, validation: empty, test: empty },
  subgroups: [],
};
