import { database } from "@/server/db/client";
import { cohortImages, cohorts, predictions, runs } from "@/server/db/schema";
import { plantSplit } from "@/server/images/browse/images.fixture";
import type { PlantedStudy } from "./reading.fixture";

export type Predicted = {
  readonly study: PlantedStudy;
  /** Index into train, validation, test. */
  readonly part: number;
  /** Of the classes "pneumonia" and "none". */
  readonly truth: number;
  readonly pneumonia: number;
};

/** A finished run of two classes with these predictions; one image per study. */
export async function plantRun(name: string, predicted: readonly Predicted[]): Promise<number> {
  const splitId = await plantSplit(name, new Map(predicted.map(({ study, part }) => [study.imageId, part])));
  const [run] = await database()
    .insert(runs)
    .values({
      splitId,
      network: "compact",
      configuration: {},
      seed: 1,
      classes: ["pneumonia", "none"],
      datasetVersions: {},
      codeVersion: "test",
      status: "done",
      createdBy: "test",
    })
    .returning();
  if (!run) throw new Error("the run was not inserted");
  await database()
    .insert(predictions)
    .values(
      predicted.map(({ study, part, truth, pneumonia }) => ({
        runId: run.id,
        imageId: study.imageId,
        part,
        classIndex: truth,
        predictedIndex: pneumonia >= 0.5 ? 0 : 1,
        probabilities: [pneumonia, 1 - pneumonia],
      })),
    );
  return run.id;
}

export async function plantCohort(name: string, studies: readonly PlantedStudy[]): Promise<void> {
  const [cohort] = await database()
    .insert(cohorts)
    .values({
      name,
      source: "images",
      rule: {},
      classes: ["a"],
      images: studies.length,
      patients: studies.length,
      unmatched: { count: 0, rows: [] },
      datasetVersions: {},
      createdBy: "test",
    })
    .returning();
  if (!cohort) throw new Error("the cohort was not inserted");
  await database()
    .insert(cohortImages)
    .values(studies.map(({ imageId }) => ({ cohortId: cohort.id, imageId, classIndex: 0 })));
}
