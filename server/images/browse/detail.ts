import { asc, desc, eq } from "drizzle-orm";
import { z } from "zod";
import { recordAudit } from "@/server/audit/record";
import { may } from "@/server/auth/actor";
import { query } from "@/server/auth/command";
import type { Executor } from "@/server/db/client";
import {
  datasets,
  imageObjects,
  images,
  patients,
  predictions,
  reads,
  runs,
  splitImages,
  splits,
  studies,
  users,
} from "@/server/db/schema";
import { fail, ok } from "@/server/lib/errors";
import { duplicatesOf } from "./duplicates";
import {
  type ImageDetail,
  type ImagePrediction,
  type LabelStep,
  type PartOfSplit,
  splitParts,
} from "./schema";

/**
 * Everything about one image that the role may see: facts, how its labels came to be, what runs said of it,
 * its parts of splits, its duplicates. Leaves an audit row. `not-found` for an unknown id.
 */
export const imageDetail = query({
  name: "image.detail",
  permission: "images.view",
  input: z.object({ id: z.int().positive() }),
  async run({ db, actor, input: { id } }) {
    const row = await imageRow(db, id);
    if (!row) return fail("not-found", "There is no such image.");
    const { image, study, object } = row;
    const seesLabels = may(actor, "labels.view");
    const [history, ofRuns, parts, duplicates] = await Promise.all([
      seesLabels ? readsOf(db, study.id) : null,
      may(actor, "models.view") ? predictionsOf(db, id) : null,
      may(actor, "splits.view") ? partsOf(db, id) : null,
      duplicatesOf(db, [id]),
    ]);
    await recordAudit(db, actor, [{ action: "image.opened", object: { type: "image", id } }]);
    return ok<ImageDetail>({
      id,
      dataset: row.dataset,
      path: image.path,
      patientId: image.patientId,
      patient: row.patient,
      study: study.externalId,
      studyId: study.id,
      dayOffset: study.dayOffset,
      view: image.view,
      sex: image.sex,
      age: image.age,
      readState: image.readState,
      labelOrigin: study.labelOrigin,
      labels: seesLabels ? image.labels : null,
      film: object && { width: object.width, height: object.height },
      file: object && {
        mediaType: object.mediaType,
        bytes: object.bytes,
        bitDepth: object.bitDepth,
        sha256: object.sha256,
        dicom: object.dicomSha256 !== null,
      },
      // Notes and findings of the table say what a blind read must not know.
      extra: seesLabels ? (image.extra ?? {}) : {},
      history: history && [sourceStep(row.dataset, image.sourceLabels), ...history],
      predictions: ofRuns,
      parts,
      duplicates,
    });
  },
});

async function imageRow(db: Executor, id: number) {
  const [row] = await db
    .select({
      image: images,
      study: studies,
      object: imageObjects,
      dataset: datasets.name,
      patient: patients.externalId,
    })
    .from(images)
    .innerJoin(studies, eq(studies.id, images.studyId))
    .innerJoin(patients, eq(patients.id, images.patientId))
    .innerJoin(datasets, eq(datasets.id, images.datasetId))
    .leftJoin(imageObjects, eq(imageObjects.sha256, images.objectSha256))
    .where(eq(images.id, id));
  return row;
}

function sourceStep(dataset: string, labels: string): LabelStep {
  return {
    kind: "source",
    by: dataset,
    at: null,
    labels,
    comment: "",
    flagged: false,
    revision: 0,
    standing: "current",
  };
}

async function readsOf(db: Executor, studyId: number): Promise<LabelStep[]> {
  const rows = await db
    .select({ read: reads, reader: users.name })
    .from(reads)
    .innerJoin(users, eq(users.id, reads.readerId))
    .where(eq(reads.studyId, studyId))
    .orderBy(asc(reads.id));
  return rows.map(({ read, reader }) => ({
    kind: read.kind,
    by: reader,
    at: read.submittedAt.toISOString(),
    labels: read.labels,
    comment: read.comment,
    flagged: read.flagged,
    revision: read.revision,
    standing: read.withdrawn ? "withdrawn" : read.current ? "current" : "replaced",
  }));
}

async function predictionsOf(db: Executor, imageId: number): Promise<ImagePrediction[]> {
  const rows = await db
    .select({ prediction: predictions, network: runs.network, classes: runs.classes })
    .from(predictions)
    .innerJoin(runs, eq(runs.id, predictions.runId))
    .where(eq(predictions.imageId, imageId))
    .orderBy(desc(runs.id))
    .limit(50);
  return rows.flatMap(({ prediction, network, classes }) => {
    const part = splitParts[prediction.part];
    if (!part) return [];
    return [
      {
        runId: prediction.runId,
        network,
        part,
        truth: classes[prediction.classIndex] ?? "",
        predicted: classes[prediction.predictedIndex] ?? "",
        probabilities: prediction.probabilities.map((probability, index) => ({
          className: classes[index] ?? "",
          probability,
        })),
      },
    ];
  });
}

async function partsOf(db: Executor, imageId: number): Promise<PartOfSplit[]> {
  const rows = await db
    .select({ splitId: splits.id, split: splits.name, part: splitImages.part })
    .from(splitImages)
    .innerJoin(splits, eq(splits.id, splitImages.splitId))
    .where(eq(splitImages.imageId, imageId))
    .orderBy(desc(splits.id))
    .limit(50);
  return rows.flatMap(({ part: index, ...split }) => {
    const part = splitParts[index];
    return part ? [{ ...split, part }] : [];
  });
}
