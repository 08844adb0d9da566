import { and, eq, inArray, ne } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Executor } from "@/server/db/client";
import { datasets, imageObjects, images, patients } from "@/server/db/schema";
import type { Duplicate } from "./schema";

/** More copies than anybody looks at; a blank film could be everywhere. */
const mostShown = 50;

/**
 * Images whose decoded pixels equal those of the given ones, each with the image (`of`) that it repeats.
 * @param imageIds images that are compared with everything else
 */
export async function duplicatesOf(
  db: Executor,
  imageIds: readonly number[],
): Promise<(Duplicate & { readonly of: number })[]> {
  if (imageIds.length === 0) return [];
  const own = alias(images, "own");
  const ownObject = alias(imageObjects, "own_object");
  return db
    .select({
      of: own.id,
      id: images.id,
      dataset: datasets.name,
      patientId: images.patientId,
      patient: patients.externalId,
      path: images.path,
    })
    .from(own)
    .innerJoin(ownObject, eq(ownObject.sha256, own.objectSha256))
    .innerJoin(imageObjects, eq(imageObjects.pixelSha256, ownObject.pixelSha256))
    .innerJoin(images, and(eq(images.objectSha256, imageObjects.sha256), ne(images.id, own.id)))
    .innerJoin(datasets, eq(datasets.id, images.datasetId))
    .innerJoin(patients, eq(patients.id, images.patientId))
    .where(inArray(own.id, [...imageIds]))
    .orderBy(own.id, images.id)
    .limit(mostShown);
}
