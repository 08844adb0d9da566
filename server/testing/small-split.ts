import sharp from "sharp";
import { database } from "@/server/db/client";
import {
  cohortImages,
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

type Wanted = {
  readonly name?: string;
  /** Images per part: train, validation, test. Classes alternate within a part. */
  readonly parts?: readonly [number, number, number];
  readonly classes?: readonly string[];
  /** Leaves a class out of a part: `{ part: 2, classIndex: 0 }`. */
  readonly without?: { readonly part: number; readonly classIndex: number };
  /** How many images have no film here. */
  readonly absent?: number;
  /** Of the disc, in pixels of a film of 48 × 48: a large one is told by random weights too. */
  readonly radius?: number;
};

let made = 0;

/**
 * A data set of generated films (grey noise; those of the first class have a bright disc), its cohort and a
 * split, written straight to the tables: two images per patient, patients kept whole.
 */
export async function smallSplit({
  name = `small ${++made}`,
  parts = [16, 6, 8],
  classes = ["disc", "plain"],
  without,
  absent = 0,
  radius = 8,
}: Wanted = {}): Promise<{ splitId: number; name: string; imageIds: number[] }> {
  const db = database();
  const [dataset] = await db
    .insert(datasets)
    .values({ name, format: "chexpert", createdBy: "test" })
    .returning();
  const [cohort] = await db
    .insert(cohorts)
    .values({
      name,
      source: "images",
      rule: {},
      classes: [...classes],
      images: parts[0] + parts[1] + parts[2],
      patients: 0,
      unmatched: { count: 0, rows: [] },
      datasetVersions: { [name]: 1 },
      createdBy: "test",
    })
    .returning();
  if (!dataset || !cohort) throw new Error("the fixture was not written");
  const [split] = await db
    .insert(splits)
    .values({
      name,
      cohortId: cohort.id,
      strategy: "patient",
      shares: { train: 60, validation: 20, test: 20 },
      seed: 1,
      summary: { parts: { train: none, validation: none, test: none }, drift: 0 },
      createdBy: "test",
    })
    .returning();
  if (!split) throw new Error("the fixture was not written");
  const imageIds: number[] = [];
  for (const [part, count] of parts.entries()) {
    for (let at = 0; at < count; at++) {
      const classIndex = at % classes.length;
      if (without?.part === part && without.classIndex === classIndex) continue;
      const number = imageIds.length;
      const here = number >= absent;
      const id = await insertImage(
        dataset.id,
        name,
        number,
        here ? await film(number, classIndex, radius) : null,
      );
      await db.insert(cohortImages).values({ cohortId: cohort.id, imageId: id, classIndex });
      await db.insert(splitImages).values({ splitId: split.id, imageId: id, part, classIndex });
      imageIds.push(id);
    }
  }
  return { splitId: split.id, name, imageIds };
}

const none = { images: 0, patients: 0, classes: {}, sources: {} };

async function insertImage(
  datasetId: number,
  name: string,
  number: number,
  sha256: string | null,
): Promise<number> {
  const db = database();
  const patient = `${name} patient ${Math.floor(number / 2)}`;
  await db.insert(patients).values({ datasetId, externalId: patient }).onConflictDoNothing();
  const known = await db.query.patients.findFirst({
    where: (table, { and, eq }) => and(eq(table.datasetId, datasetId), eq(table.externalId, patient)),
  });
  const patientId = known?.id ?? 0;
  const [study] = await db
    .insert(studies)
    .values({ datasetId, patientId, externalId: `study ${number}` })
    .returning();
  const [image] = await db
    .insert(images)
    .values({
      datasetId,
      patientId,
      studyId: study?.id ?? 0,
      path: `film-${number}.png`,
      view: number % 3 === 0 ? "PA" : "AP",
      sex: number % 2 === 0 ? "F" : "M",
      sourceLabels: "",
      labels: "",
      objectSha256: sha256,
      rowHash: String(number),
    })
    .returning();
  if (!image) throw new Error("the image was not written");
  return image.id;
}

const side = 48;

/** Stores one film and returns its hash. */
async function film(number: number, classIndex: number, radius: number): Promise<string> {
  const pixels = Buffer.alloc(side * side);
  for (let at = 0; at < pixels.length; at++) {
    const [x, y] = [at % side, Math.floor(at / side)];
    const inside = (x - 16 - (number % 5)) ** 2 + (y - 24) ** 2 < radius ** 2;
    const noise = (Math.imul(at + 1, 2_654_435_761 + number * 40_503) >>> 24) % 60;
    pixels[at] = 60 + noise + (classIndex === 0 && inside ? 120 : 0);
  }
  const bytes = await sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
    .png()
    .toBuffer();
  const sha256 = await objectStore().put(bytes);
  await database()
    .insert(imageObjects)
    .values({
      sha256,
      pixelSha256: sha256,
      mediaType: "image/png",
      bytes: bytes.length,
      width: side,
      height: side,
      channels: 1,
      bitDepth: 8,
      thumbnailSha256: sha256,
    })
    .onConflictDoNothing();
  return sha256;
}
