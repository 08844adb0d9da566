import { eq } from "drizzle-orm";
import { recordAudit } from "@/server/audit/record";
import { query } from "@/server/auth/command";
import { type Database, driver } from "@/server/db/client";
import { datasets, labelSetImages, labelSets } from "@/server/db/schema";
import { fail, ok } from "@/server/lib/errors";
import { chexpertLayout, type ExportedImage } from "./chexpert-layout";
import { exportInput } from "./schema";
import { vocabulary } from "./vocabulary";

/** Rows that are in memory at a time. */
const rowsAtOnce = 2_000;

export type ExportedChunk = { readonly csv: string; readonly rows: number };

/**
 * A label set as CSV in the layout of CheXpert's train.csv, in the order of import. `chunks` streams it, header
 * first; each chunk
 * ends with a line break. Leaves an audit row. Errors: not-found.
 */
export const exportLabels = query({
  name: "labels.export",
  permission: "labels.export",
  input: exportInput,
  async run({ db, actor, input }) {
    const set = await findSet(db, input.labelSet);
    if (!set) return fail("not-found", `There is no label set ${input.labelSet}.`);
    const dataset = input.dataset === undefined ? null : await datasetId(db, input.dataset);
    if (dataset === undefined) return fail("not-found", `There is no dataset ${input.dataset}.`);
    const layout = chexpertLayout(await vocabulary(), { allFindings: input.allFindings });
    const rows = await db.$count(labelSetImages, eq(labelSetImages.labelSetId, set.id));
    await recordAudit(db, actor, [
      {
        action: "labels.exported",
        object: { type: "label-set", id: set.id },
        detail: { dataset: input.dataset },
      },
    ]);
    return ok({
      labelSet: set.name,
      /** Images in the set; fewer lines follow where only one dataset is asked for. */
      images: rows,
      async *chunks(): AsyncGenerator<ExportedChunk> {
        yield { csv: `${layout.header}\n`, rows: 0 };
        for await (const page of pagesOf(set.id, dataset)) {
          yield { csv: `${page.map(layout.lineOf).join("\n")}\n`, rows: page.length };
        }
      },
    });
  },
});

async function findSet(db: Database, reference: number | string) {
  const column = typeof reference === "number" ? labelSets.id : labelSets.name;
  const [row] = await db.select().from(labelSets).where(eq(column, reference));
  return row;
}

/** Undefined for a dataset that is not there. */
async function datasetId(db: Database, name: string): Promise<number | undefined> {
  const [row] = await db.select({ id: datasets.id }).from(datasets).where(eq(datasets.name, name));
  return row?.id;
}

function pagesOf(labelSetId: number, dataset: number | null): AsyncIterable<ExportedImage[]> {
  const sql = driver();
  return sql<ExportedImage[]>`
    select i.path, i.sex, i.age, i.view, l.labels
    from label_set_images l join images i on i.id = l.image_id
    where l.label_set_id = ${labelSetId} ${dataset === null ? sql`` : sql`and i.dataset_id = ${dataset}`}
    order by l.image_id`.cursor(rowsAtOnce);
}
