import { eq, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { command } from "@/server/auth/command";
import { findCohort } from "@/server/cohorts/find";
import { cohortReference } from "@/server/cohorts/schema";
import type { Executor } from "@/server/db/client";
import { datasets } from "@/server/db/schema";
import { fail, ok, type Result } from "@/server/lib/errors";
import { pretrainedNetworks } from "@/server/ml/weights/load";
import type { FeatureChoice } from "../feature-recipe";
import { findWeights } from "../prepare-launch";

const exportInput = z.object({
  dataset: z.string().optional(),
  cohort: cohortReference.optional(),
  network: z.enum(pretrainedNetworks, `Features come from ${pretrainedNetworks.join(" or ")}.`),
  weights: z.string(),
});
export type ExportInput = z.input<typeof exportInput>;

/** An image whose features are exported. */
export type ExportedImage = { readonly dataset: string; readonly path: string; readonly sha256: string };

/**
 * What an export of features is of: the images of a dataset or a cohort whose films are here, in the order of
 * dataset and path, and what their features follow from. A command, because an export leaves an audit row.
 * Errors: not-found (dataset, cohort, weights), invalid (both or none of them, weights of another network, no film)
 */
export const beginExport = command({
  name: "features.export",
  permission: "training.launch",
  input: exportInput,
  async run({ tx, input, audit }) {
    const { network } = input;
    const selected = await selection(tx, input);
    if (!selected.ok) return selected;
    const weights = await findWeights(tx, { network, weights: input.weights });
    if (!weights.ok) return weights;
    if (!weights.value) return fail("not-found", `There are no weights ${input.weights}.`);
    const rows = await tx.execute<{ dataset: string; path: string; sha256: string | null }>(sql`
      select d.name as dataset, i.path, i.object_sha256 as sha256
      from images i join datasets d on d.id = i.dataset_id
      where i.id in (${selected.value.images})
      order by d.name collate "C", i.path collate "C"`);
    const images = rows.flatMap(({ sha256, ...row }): ExportedImage[] =>
      sha256 ? [{ ...row, sha256 }] : [],
    );
    if (images.length === 0) return fail("invalid", "None of these films is here, so there are no features.");
    const { name, sha256, preprocess } = weights.value;
    audit({
      action: "features.exported",
      object: selected.value.object,
      detail: { network, weights: name, images: images.length },
    });
    const choice: FeatureChoice = {
      ...{ network, preprocess, weights: { name, sha256 } },
      ...{ pooling: "gap", rotation: 0, training: { seed: 0 } },
    };
    const films = sql`select object_sha256 from images where id in (${selected.value.images})`;
    return ok({ choice, images, films, absent: rows.length - images.length });
  },
});

type Selection = { readonly images: SQL; readonly object: { type: string; id: number } };

async function selection(
  db: Executor,
  { dataset, cohort }: z.output<typeof exportInput>,
): Promise<Result<Selection>> {
  if ((dataset === undefined) === (cohort === undefined)) {
    return fail("invalid", "Name either a dataset or a cohort.");
  }
  if (cohort !== undefined) {
    const found = await findCohort(db, cohort);
    if (!found.ok) return found;
    const { id } = found.value;
    const images = sql`select image_id from cohort_images where cohort_id = ${id}`;
    return ok({ images, object: { type: "cohort", id } });
  }
  const [row] = await db
    .select({ id: datasets.id })
    .from(datasets)
    .where(eq(datasets.name, dataset ?? ""));
  if (!row) return fail("not-found", `There is no dataset ${dataset}.`);
  return ok({
    images: sql`select id from images where dataset_id = ${row.id}`,
    object: { type: "dataset", id: row.id },
  });
}
