import { eq } from "drizzle-orm";
import type { DatasetFormat } from "@/server/datasets/formats/format";
import type { Transaction } from "@/server/db/client";
import { datasets } from "@/server/db/schema";
import { ExpectedFailure } from "@/server/lib/errors";

export type LockedDataset = { readonly id: number; readonly version: number; readonly isNew: boolean };

/**
 * The dataset that an import goes into, made where there is none. Its row stays locked to the end of the
 * transaction: two imports into one dataset take turns.
 */
export async function lockDataset(
  tx: Transaction,
  dataset: { readonly name: string; readonly format: DatasetFormat["name"]; readonly createdBy: string },
): Promise<LockedDataset> {
  const [made] = await tx
    .insert(datasets)
    .values(dataset)
    .onConflictDoNothing({ target: datasets.name })
    .returning({ id: datasets.id, version: datasets.version });
  if (made) return { ...made, isNew: true };
  const [there] = await tx.select().from(datasets).where(eq(datasets.name, dataset.name)).for("update");
  if (!there) throw new Error(`dataset ${dataset.name} is neither there nor can be made`);
  if (there.format !== dataset.format) {
    throw new ExpectedFailure(
      "conflict",
      `The dataset “${dataset.name}” came from ${there.format}; a ${dataset.format} table needs another name.`,
    );
  }
  return { id: there.id, version: there.version, isNew: false };
}
