import { eq, max } from "drizzle-orm";
import type { Transaction } from "@/server/db/client";
import { datasets, images } from "@/server/db/schema";
import type { LockedDataset } from "./dataset";
import { addImages, addPatientsAndStudies, findChanged, updateImages } from "./rows";
import { labelStudies, removeLeft } from "./studies";

/** Makes images of `staged_rows`, with their patients and studies; a dataset that changed is a new version. */
export async function applyRows(
  tx: Transaction,
  dataset: LockedDataset,
): Promise<{ added: number; updated: number }> {
  await addPatientsAndStudies(tx, dataset.id);
  await findChanged(tx, dataset.id);
  const updated = await updateImages(tx);
  const newAfter = await lastImage(tx);
  const added = await addImages(tx, dataset.id);
  await labelStudies(tx, dataset.id, newAfter);
  await removeLeft(tx);
  if (added + updated > 0 && !dataset.isNew) {
    await tx
      .update(datasets)
      .set({ version: dataset.version + 1 })
      .where(eq(datasets.id, dataset.id));
  }
  return { added, updated };
}

/** Ids only rise, and no other import adds to this dataset meanwhile. */
async function lastImage(tx: Transaction): Promise<number> {
  const [row] = await tx.select({ id: max(images.id) }).from(images);
  return row?.id ?? 0;
}
