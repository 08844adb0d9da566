import { type SQL, sql } from "drizzle-orm";
import { type Actor, may } from "@/server/auth/actor";
import type { Executor } from "@/server/db/client";
import { datasets, imageObjects, images, patients, studies } from "@/server/db/schema";
import type { ImagePage, ImageRow, SortOrder } from "./schema";
import { everyCondition, fromImages, joined, type Selection } from "./selection";

type PageRequest = {
  readonly sort: SortOrder;
  readonly after: string | null;
  readonly upTo: string | null;
  readonly limit: number;
};

/**
 * A page of a selection. The keys are found in the covering index alone; only the page's own rows are looked
 * up in the tables. Behind the page stands one row more that tells whether another page follows.
 */
export async function readPage(
  db: Executor,
  actor: Actor,
  selection: Selection,
  request: PageRequest,
): Promise<ImagePage> {
  const { value, direction } = orders[request.sort];
  const conditions = [everyCondition(selection), ...boundsOf(request)];
  const rows = await db.execute<FoundRow>(sql`
    with page as materialized (
      select ${images.id} as id, ${value} as value from ${fromImages(selection)}
      where ${joined(conditions)}
      order by value ${direction}, ${images.id} limit ${request.limit + 1}
    )
    select page.id, page.value, ${datasets.name} as dataset, ${images.path} as path,
      ${images.patientId} as patient_id, ${patients.externalId} as patient, ${studies.externalId} as study,
      ${images.view} as view, ${images.sex} as sex, ${images.age} as age, ${images.readState} as read_state,
      ${images.labels} as labels, ${imageObjects.width} as width, ${imageObjects.height} as height
    from page
    join ${images} on ${images.id} = page.id
    join ${datasets} on ${datasets.id} = ${images.datasetId}
    join ${patients} on ${patients.id} = ${images.patientId}
    join ${studies} on ${studies.id} = ${images.studyId}
    left join ${imageObjects} on ${imageObjects.sha256} = ${images.objectSha256}
    order by page.value ${direction}, page.id`);
  const shown = rows.slice(0, request.limit);
  const last = rows.length > request.limit ? shown.at(-1) : undefined;
  const seesLabels = may(actor, "labels.view");
  return {
    rows: shown.map((row) => toImageRow(row, seesLabels)),
    next: last ? keyOf(request.sort, last.value, last.id) : null,
  };
}

/**
 * Keys after which pages 2, 3, … begin, so that a list can be entered anywhere without counting from its
 * start. At 223,414 images 1,861 keys.
 */
export async function readPageKeys(
  db: Executor,
  selection: Selection,
  sort: SortOrder,
  size: number,
): Promise<string[]> {
  const { value, direction } = orders[sort];
  const rows = await db.execute<{ id: string; value: number }>(sql`
    select id, value from (
      select ${images.id} as id, ${value} as value,
        row_number() over (order by ${value} ${direction}, ${images.id}) as place
      from ${fromImages(selection)} where ${everyCondition(selection)}
    ) as placed
    where place % ${size}::int = 0 order by place`);
  return rows.map((row) => keyOf(sort, row.value, row.id));
}

// Unknown ages come last in either direction: outside of what smallint ages can be.
const orders: Readonly<Record<SortOrder, { readonly value: SQL; readonly direction: SQL }>> = {
  id: { value: sql`0`, direction: sql`asc` },
  youngest: { value: sql`coalesce(${images.age}, 999)`, direction: sql`asc` },
  oldest: { value: sql`coalesce(${images.age}, -1)`, direction: sql`desc` },
  uncertain: { value: sql`${images.uncertain}`, direction: sql`desc` },
};

function keyOf(sort: SortOrder, value: number, id: string | number): string {
  return sort === "id" ? String(id) : `${value}:${id}`;
}

function boundsOf({ sort, after, upTo }: PageRequest): SQL[] {
  return [
    ...(after === null ? [] : [beyond(sort, after)]),
    ...(upTo === null ? [] : [sql`not ${beyond(sort, upTo)}`]),
  ];
}

/** Whether an image stands behind a key. */
function beyond(sort: SortOrder, key: string): SQL {
  const [first = "0", second] = key.split(":");
  const id = Number(second ?? first);
  if (sort === "id") return sql`(${images.id} > ${id})`;
  const { value } = orders[sort];
  const edge = Number(first);
  const further = sort === "youngest" ? sql`${value} > ${edge}::int` : sql`${value} < ${edge}::int`;
  return sql`(${further} or (${value} = ${edge}::int and ${images.id} > ${id}))`;
}

type FoundRow = {
  id: string;
  value: number;
  dataset: string;
  path: string;
  patient_id: string;
  patient: string;
  study: string;
  view: string;
  sex: ImageRow["sex"];
  age: number | null;
  read_state: ImageRow["readState"];
  labels: string;
  width: number | null;
  height: number | null;
};

function toImageRow(row: FoundRow, seesLabels: boolean): ImageRow {
  return {
    id: Number(row.id),
    dataset: row.dataset,
    path: row.path,
    patientId: Number(row.patient_id),
    patient: row.patient,
    study: row.study,
    view: row.view,
    sex: row.sex,
    age: row.age,
    readState: row.read_state,
    film: row.width === null || row.height === null ? null : { width: row.width, height: row.height },
    labels: seesLabels ? row.labels : null,
  };
}
