import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { database } from "@/server/db/client";
import {
  cohorts,
  datasets,
  imageObjects,
  images,
  patients,
  splitImages,
  splits,
  studies,
} from "@/server/db/schema";
import { objectStore } from "@/server/storage/open";

export type PlantedImage = {
  readonly id: number;
  readonly datasetId: number;
  readonly patientId: number;
  readonly studyId: number;
  readonly path: string;
  readonly view: string;
  readonly sex: "F" | "M" | "unknown";
  readonly age: number | null;
  readonly labels: string;
  readonly readState: "unread" | "read" | "adjudicated";
  readonly objectSha256: string | null;
  readonly extra: Record<string, string> | null;
};

/** A dataset of that name with no images yet. */
export async function plantDataset(name: string): Promise<number> {
  const [row] = await database()
    .insert(datasets)
    .values({ name, format: "chexpert", createdBy: "test" })
    .returning();
  return required(row).id;
}

export async function plantPatient(datasetId: number, externalId: string): Promise<number> {
  const [row] = await database().insert(patients).values({ datasetId, externalId }).returning();
  return required(row).id;
}

export async function plantStudy(
  patient: { readonly datasetId: number; readonly patientId: number },
  sequence: number,
  labels = "",
): Promise<number> {
  const [row] = await database()
    .insert(studies)
    .values({
      ...patient,
      externalId: `study${sequence}`,
      sequence,
      sourceLabels: labels,
      currentLabels: labels,
    })
    .returning();
  return required(row).id;
}

export async function plantImage(
  place: { readonly datasetId: number; readonly patientId: number; readonly studyId: number },
  values: Partial<Omit<PlantedImage, "id">> & { readonly path: string },
): Promise<PlantedImage> {
  const [row] = await database()
    .insert(images)
    .values({
      view: "AP",
      sex: "F",
      age: 50,
      sourceLabels: values.labels ?? "",
      labels: "",
      rowHash: "0",
      ...place,
      ...values,
    })
    .returning();
  return required(row);
}

/** Puts bytes into the object store as a film with a thumbnail; returns the film's SHA-256. */
export async function plantFilm(bytes: string, pixels = bytes): Promise<string> {
  const sha256 = await objectStore().put(Buffer.from(bytes), "image/png");
  const thumbnailSha256 = await objectStore().put(Buffer.from(`thumbnail of ${bytes}`), "image/webp");
  await database()
    .insert(imageObjects)
    .values({
      sha256,
      thumbnailSha256,
      pixelSha256: createHash("sha256").update(pixels).digest("hex"),
      mediaType: "image/png",
      bytes: bytes.length,
      width: 320,
      height: 390,
      channels: 1,
      bitDepth: 8,
    });
  return sha256;
}

/** A split of the given images: part by index (train, validation, test). */
export async function plantSplit(name: string, partOf: ReadonlyMap<number, number>): Promise<number> {
  const [cohort] = await database()
    .insert(cohorts)
    .values({
      name: `${name} cohort`,
      source: "images",
      rule: {},
      classes: ["a"],
      images: partOf.size,
      patients: 1,
      unmatched: { count: 0, rows: [] },
      datasetVersions: {},
      createdBy: "test",
    })
    .returning();
  const empty = { images: 0, patients: 0, classes: {}, sources: {} };
  const [split] = await database()
    .insert(splits)
    .values({
      name,
      cohortId: required(cohort).id,
      strategy: "random",
      shares: { train: 60, validation: 20, test: 20 },
      seed: 1,
      summary: { parts: { train: empty, validation: empty, test: empty }, drift: 0 },
      createdBy: "test",
    })
    .returning();
  const { id } = required(split);
  const rows = [...partOf].map(([imageId, part]) => ({ splitId: id, imageId, part, classIndex: 0 }));
  await database().insert(splitImages).values(rows);
  return id;
}

/**
 * Two datasets of images in every combination of attributes, drawn by the database from a fixed seed; what
 * the draw gave is read back, so that a test can count it by itself.
 */
export async function plantMany(count: number): Promise<readonly PlantedImage[]> {
  const [one, two] = [await plantDataset("one"), await plantDataset("two")];
  const film = await plantFilm("a film");
  await database().execute(sql`select setseed(0.42)`);
  await database().execute(sql`
    with drawn as materialized (
      select n, (case when n % 3 = 0 then ${one}::int else ${two}::int end) as dataset_id, n / 4 as patient
      from generate_series(1, ${count}::int) as n
    ), new_patients as (
      insert into patients (dataset_id, external_id)
      select distinct dataset_id, 'p_' || patient from drawn returning id, dataset_id, external_id
    ), new_studies as (
      insert into studies (dataset_id, patient_id, external_id)
      select dataset_id, id, 'study1' from new_patients returning id, patient_id
    )
    insert into images (dataset_id, patient_id, study_id, path, view, sex, age, source_labels, labels,
      read_state, object_sha256, row_hash)
    select drawn.dataset_id, new_patients.id, new_studies.id, 'folder%/image' || n || '.jpg',
      (array['AP', 'PA', 'Lateral'])[1 + floor(random() * 3)], (array['F', 'M', 'unknown'])[1 + floor(random() * 3)],
      nullif(floor(random() * 90)::int, 0), '',
      -- every ninth string ends early, as strings do that are older than a finding
      left(translate(md5(random()::text) , '0123456789abcdef', '..........++--??'),
        case when n % 9 = 0 then 6 else 15 end),
      (array['unread', 'read', 'adjudicated'])[1 + floor(random() * 3)],
      case when random() < 0.3 then ${film} end, '0'
    from drawn
    join new_patients on new_patients.dataset_id = drawn.dataset_id
      and new_patients.external_id = 'p_' || drawn.patient
    join new_studies on new_studies.patient_id = new_patients.id`);
  return database().select().from(images).orderBy(images.id);
}

function required<Row>(row: Row | undefined): Row {
  if (!row) throw new Error("nothing was inserted");
  return row;
}
