import { desc, eq, isNotNull, sql } from "drizzle-orm";
import { z } from "zod";
import { query } from "@/server/auth/command";
import type { Executor } from "@/server/db/client";
import { datasets, images, imports, patients, studies } from "@/server/db/schema";
import { countSelection } from "@/server/images/browse/counts";
import { imageFilters } from "@/server/images/browse/schema";
import { selectionOf } from "@/server/images/browse/selection";
import { fail, ok } from "@/server/lib/errors";
import type { DatasetDetail, DatasetSummary, LastImport } from "./browse/schema";

/** Every dataset with how much of it is here. Datasets are few: one list. */
export const listDatasets = query({
  name: "dataset.list",
  permission: "datasets.view",
  input: z.object({}),
  async run({ db }) {
    return ok({ datasets: await summaries(db) });
  },
});

/**
 * One dataset: counts of the four states per finding, views, sexes, ages. Only sums, so every role may see
 * them. `not-found` for an unknown name.
 */
export const showDataset = query({
  name: "dataset.show",
  permission: "datasets.view",
  input: z.object({ name: z.string().min(1).max(200) }),
  async run({ db, actor, input: { name } }) {
    const [row] = await db.select().from(datasets).where(eq(datasets.name, name));
    if (!row) return fail("not-found", `There is no dataset “${name}”.`);
    const selection = await selectionOf(db, actor, imageFilters.parse({ datasets: [name] }));
    const [[summary], { facets }] = await Promise.all([
      summaries(db, row.id),
      countSelection(db, selection, { labels: true }),
    ]);
    if (!summary) return fail("not-found", `There is no dataset “${name}”.`);
    const unread = facets.readStates.find(({ value }) => value === "unread")?.images ?? 0;
    return ok<DatasetDetail>({
      ...summary,
      createdAt: row.createdAt.toISOString(),
      createdBy: row.createdBy,
      findings: facets.findings ?? [],
      views: facets.views.filter(({ images: count }) => count > 0),
      sexes: facets.sexes,
      ages: facets.ages.filter(({ images: count }) => count > 0),
      readImages: summary.images - unread,
    });
  },
});

async function summaries(db: Executor, only?: number): Promise<DatasetSummary[]> {
  const of = (column: typeof images.datasetId | typeof patients.datasetId | typeof studies.datasetId) =>
    only === undefined ? undefined : eq(column, only);
  const total = sql<number>`count(*)::int`;
  const here = sql<number>`(count(*) filter (where ${images.filmHere}))::int`;
  const [rows, ofImages, ofPatients, ofStudies, newest] = await Promise.all([
    db
      .select()
      .from(datasets)
      .where(only === undefined ? undefined : eq(datasets.id, only))
      .orderBy(datasets.name),
    db
      .select({ id: images.datasetId, total, here })
      .from(images)
      .where(of(images.datasetId))
      .groupBy(images.datasetId),
    db
      .select({ id: patients.datasetId, total })
      .from(patients)
      .where(of(patients.datasetId))
      .groupBy(patients.datasetId),
    db
      .select({ id: studies.datasetId, total })
      .from(studies)
      .where(of(studies.datasetId))
      .groupBy(studies.datasetId),
    newestImports(db),
  ]);
  const imagesOf = new Map(ofImages.map((row) => [row.id, row]));
  const patientsOf = new Map(ofPatients.map((row) => [row.id, row.total]));
  const studiesOf = new Map(ofStudies.map((row) => [row.id, row.total]));
  return rows.map((row) => ({
    dataset: row.name,
    format: row.format,
    version: row.version,
    images: imagesOf.get(row.id)?.total ?? 0,
    films: imagesOf.get(row.id)?.here ?? 0,
    patients: patientsOf.get(row.id) ?? 0,
    studies: studiesOf.get(row.id) ?? 0,
    lastImport: newest.get(row.id) ?? null,
  }));
}

async function newestImports(db: Executor): Promise<Map<number | null, LastImport>> {
  const rows = await db
    .selectDistinctOn([imports.datasetId])
    .from(imports)
    .where(isNotNull(imports.datasetId))
    .orderBy(imports.datasetId, desc(imports.id));
  return new Map(
    rows.map((row) => [
      row.datasetId,
      {
        id: row.id,
        status: row.status,
        startedBy: row.startedBy,
        at: (row.finishedAt ?? row.startedAt ?? row.createdAt).toISOString(),
      },
    ]),
  );
}
