import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { database } from "@/server/db/client";
import { datasets, imageObjects, images, patients, studies } from "@/server/db/schema";
import type { LabelState } from "@/server/labels/states";
import { packLabels } from "@/server/labels/states";

/** A row of a table as a test writes it; what is left out is ordinary. */
export type PlantedFilm = {
  readonly dataset?: string;
  readonly path: string;
  readonly patient: string;
  readonly placeholder?: boolean;
  readonly study?: string;
  readonly day?: number;
  readonly view?: string;
  readonly sex?: "F" | "M" | "unknown";
  readonly age?: number | null;
  /** Position in the vocabulary → state. */
  readonly labels?: readonly (readonly [number, LabelState])[];
  /** What the film shows: equal for exact duplicates. Null: only the row is here. */
  readonly film?: string | null;
};

/** Puts rows straight into the test's database; returns the image ids by path. */
export async function plantFilms(films: readonly PlantedFilm[]): Promise<ReadonlyMap<string, number>> {
  const ids = new Map<string, number>();
  for (const film of films) {
    const datasetId = await datasetOf(film.dataset ?? "chexpert");
    const patientId = await patientOf(datasetId, film);
    const studyId = await studyOf(datasetId, patientId, film);
    const labels = packLabels(new Map(film.labels ?? []), 15);
    const [row] = await database()
      .insert(images)
      .values({
        datasetId,
        patientId,
        studyId,
        path: film.path,
        view: film.view ?? "AP",
        sex: film.sex ?? "F",
        age: film.age === undefined ? 60 : film.age,
        sourceLabels: labels,
        labels,
        objectSha256: await objectOf(film),
        rowHash: hash(film.path),
      })
      .returning({ id: images.id });
    if (row) ids.set(film.path, row.id);
  }
  return ids;
}

async function datasetOf(name: string): Promise<number> {
  const values = { name, format: "chexpert", createdBy: "test" } as const;
  await database().insert(datasets).values(values).onConflictDoNothing();
  const [row] = await database().select({ id: datasets.id }).from(datasets).where(eq(datasets.name, name));
  return row?.id ?? 0;
}

async function patientOf(datasetId: number, film: PlantedFilm): Promise<number> {
  const [row] = await database()
    .insert(patients)
    .values({ datasetId, externalId: film.patient, placeholder: film.placeholder ?? false })
    .onConflictDoUpdate({
      target: [patients.datasetId, patients.externalId],
      set: { externalId: film.patient },
    })
    .returning({ id: patients.id });
  return row?.id ?? 0;
}

async function studyOf(datasetId: number, patientId: number, film: PlantedFilm): Promise<number> {
  const externalId = film.study ?? "study1";
  const [row] = await database()
    .insert(studies)
    .values({ datasetId, patientId, externalId, dayOffset: film.day ?? null })
    .onConflictDoUpdate({ target: [studies.patientId, studies.externalId], set: { externalId } })
    .returning({ id: studies.id });
  return row?.id ?? 0;
}

async function objectOf(film: PlantedFilm): Promise<string | null> {
  if (film.film === null) return null;
  const sha256 = hash(`bytes ${film.dataset} ${film.path}`);
  await database()
    .insert(imageObjects)
    .values({
      sha256,
      pixelSha256: hash(`pixels ${film.film ?? `${film.dataset} ${film.path}`}`),
      mediaType: "image/png",
      bytes: 1,
      width: 1,
      height: 1,
      channels: 1,
      bitDepth: 8,
      thumbnailSha256: sha256,
    })
    .onConflictDoNothing();
  return sha256;
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
