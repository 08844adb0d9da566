import { and, asc, count, desc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { recordAudit } from "@/server/audit/record";
import { type Actor, may } from "@/server/auth/actor";
import { query } from "@/server/auth/command";
import type { Executor } from "@/server/db/client";
import { datasets, imageObjects, images, patients, splitImages, splits, studies } from "@/server/db/schema";
import { fail, ok } from "@/server/lib/errors";
import { duplicatesOf } from "./duplicates";
import {
  type ImageRow,
  type PatientStudy,
  type PatientTimeline,
  type SplitPart,
  splitParts,
  studiesPerPage,
  studyKey,
} from "./schema";

/**
 * A patient's studies in order of time with their films and labels, the parts of splits that the patient's
 * images are in, and films that stand elsewhere too. Leaves one audit row with the images shown. `not-found`
 * for an unknown id.
 */
export const patientTimeline = query({
  name: "patient.timeline",
  permission: "images.view",
  input: z.object({ id: z.int().positive(), after: studyKey.nullable().default(null) }),
  async run({ db, actor, input: { id, after } }) {
    const [patient] = await db
      .select({ row: patients, dataset: datasets.name })
      .from(patients)
      .innerJoin(datasets, eq(datasets.id, patients.datasetId))
      .where(eq(patients.id, id));
    if (!patient) return fail("not-found", "There is no such patient.");
    const [page, studyCount, imageCount, ofSplits] = await Promise.all([
      studyPage(db, id, after),
      db.$count(studies, eq(studies.patientId, id)),
      db.$count(images, eq(images.patientId, id)),
      may(actor, "splits.view") ? splitsOf(db, id) : null,
    ]);
    const films = await filmsOf(db, actor, page.rows, patient.row.externalId, patient.dataset);
    const ids = films.map((film) => film.id);
    const duplicates = await duplicatesOf(db, ids);
    if (ids.length > 0) await recordAudit(db, actor, [{ action: "images.listed", detail: { ids } }]);
    return ok<PatientTimeline>({
      id,
      patient: patient.row.externalId,
      dataset: patient.dataset,
      placeholder: patient.row.placeholder,
      studyCount,
      imageCount,
      studies: page.rows.map((study) => toStudy(study, films, may(actor, "labels.view"))),
      next: page.next,
      splits: ofSplits,
      duplicates,
    });
  },
});

type StudyRow = typeof studies.$inferSelect;
type FilmOfStudy = ImageRow & { readonly studyId: number };

async function studyPage(db: Executor, patientId: number, after: string | null) {
  const [sequence, id] = (after ?? "").split(":").map(Number);
  const rows = await db
    .select()
    .from(studies)
    .where(
      and(
        eq(studies.patientId, patientId),
        after === null ? undefined : sql`(${studies.sequence}, ${studies.id}) > (${sequence}, ${id})`,
      ),
    )
    .orderBy(asc(studies.sequence), asc(studies.id))
    .limit(studiesPerPage + 1);
  const shown = rows.slice(0, studiesPerPage);
  const last = rows.length > studiesPerPage ? shown.at(-1) : undefined;
  return { rows: shown, next: last ? `${last.sequence}:${last.id}` : null };
}

/** Films of the studies shown; a study of a thousand films shows its first ones. */
async function filmsOf(
  db: Executor,
  actor: Actor,
  shown: readonly StudyRow[],
  patient: string,
  dataset: string,
): Promise<FilmOfStudy[]> {
  if (shown.length === 0) return [];
  const studyOf = new Map(shown.map((study) => [study.id, study.externalId]));
  const rows = await db
    .select({ image: images, width: imageObjects.width, height: imageObjects.height })
    .from(images)
    .leftJoin(imageObjects, eq(imageObjects.sha256, images.objectSha256))
    .where(inArray(images.studyId, [...studyOf.keys()]))
    .orderBy(asc(images.studyId), asc(images.id))
    .limit(500);
  const seesLabels = may(actor, "labels.view");
  return rows.map(({ image, width, height }) => ({
    id: image.id,
    dataset,
    path: image.path,
    patientId: image.patientId,
    patient,
    study: studyOf.get(image.studyId) ?? "",
    studyId: image.studyId,
    view: image.view,
    sex: image.sex,
    age: image.age,
    readState: image.readState,
    film: width === null || height === null ? null : { width, height },
    labels: seesLabels ? image.labels : null,
  }));
}

function toStudy(study: StudyRow, films: readonly FilmOfStudy[], seesLabels: boolean): PatientStudy {
  return {
    id: study.id,
    study: study.externalId,
    sequence: study.sequence,
    dayOffset: study.dayOffset,
    readCount: study.readCount,
    labelOrigin: study.labelOrigin,
    labels: seesLabels ? study.currentLabels : null,
    images: films.filter((film) => film.studyId === study.id),
  };
}

async function splitsOf(db: Executor, patientId: number): Promise<PatientTimeline["splits"]> {
  const rows = await db
    .select({ splitId: splits.id, split: splits.name, part: splitImages.part, images: count() })
    .from(images)
    .innerJoin(splitImages, eq(splitImages.imageId, images.id))
    .innerJoin(splits, eq(splits.id, splitImages.splitId))
    .where(eq(images.patientId, patientId))
    .groupBy(splits.id, splits.name, splitImages.part)
    .orderBy(desc(splits.id), asc(splitImages.part));
  const bySplit = new Map<number, { splitId: number; split: string; parts: Record<SplitPart, number> }>();
  for (const row of rows) {
    const entry = bySplit.get(row.splitId) ?? {
      splitId: row.splitId,
      split: row.split,
      parts: { train: 0, validation: 0, test: 0 },
    };
    const part = splitParts[row.part];
    if (part) entry.parts[part] = row.images;
    bySplit.set(row.splitId, entry);
  }
  return [...bySplit.values()];
}
