import { sql } from "drizzle-orm";
import type { Executor } from "@/server/db/client";
import { fail, ok, type Result } from "@/server/lib/errors";
import { arrayLiteral } from "./array-literal";
import { type CohortRow, parseCohortCsv, type Unmatched } from "./csv";
import type { Members } from "./members";
import { type CohortSource, mostClasses } from "./schema";

/** The images that a CSV names, with their classes. Errors: invalid, not-found (no row names an image). */
export async function csvMembers(
  db: Executor,
  source: Extract<CohortSource, { kind: "csv" }>,
): Promise<Result<Members>> {
  const table = parseCohortCsv(source.csv, source.classColumn);
  if (!table.ok) return table;
  const ids = await imageIds(db, table.value.rows);
  const matched = table.value.rows.flatMap((row, place) => {
    const id = ids.get(place);
    return id === undefined ? [] : [{ id, class: row.class }];
  });
  const unknown = await reasonsOf(
    db,
    table.value.rows.filter((_, place) => !ids.has(place)),
  );
  const unmatched = [...table.value.rejected, ...unknown].sort((a, b) => a.line - b.line);
  if (matched.length === 0) {
    const first = unmatched[0];
    const why = first ? ` Line ${first.line}: ${first.reason}` : "";
    return fail("not-found", `No row names an image that is here.${why}`, {
      unmatched: unmatched.slice(0, 20),
    });
  }
  const classes = classOrder(matched, source.positive);
  if (!classes.ok) return classes;
  const numberOf = new Map(classes.value.map((name, index) => [name, index]));
  return ok({
    classes: classes.value,
    unmatched,
    select: sql`select image_id, class_index from unnest(
      ${arrayLiteral(matched.map((one) => one.id))}::bigint[],
      ${arrayLiteral(matched.map((one) => numberOf.get(one.class) ?? 0))}::smallint[]
    ) as named (image_id, class_index)`,
  });
}

/** Place in `rows` → image. */
async function imageIds(db: Executor, rows: readonly CohortRow[]): Promise<Map<number, number>> {
  const found = await db.execute<{ place: string; id: string }>(sql`
    select named.place - 1 as place, i.id
    from unnest(
      ${arrayLiteral(rows.map((row) => row.dataset))}::text[],
      ${arrayLiteral(rows.map((row) => row.path))}::text[]
    ) with ordinality as named (dataset, path, place)
    join datasets d on d.name = named.dataset
    join images i on i.dataset_id = d.id and i.path = named.path`);
  return new Map(found.map((row) => [Number(row.place), Number(row.id)]));
}

async function reasonsOf(db: Executor, rows: readonly CohortRow[]): Promise<Unmatched[]> {
  const known = await db.execute<{ name: string }>(sql`select name from datasets`);
  const names = new Set(known.map((row) => row.name));
  return rows.map(({ line, path, dataset }) => ({
    line,
    path,
    reason: names.has(dataset)
      ? `${dataset} has no image with this path.`
      : `There is no dataset ${dataset}.`,
  }));
}

function classOrder(rows: readonly { class: string }[], positive: string | undefined): Result<string[]> {
  const found = [...new Set(rows.map((row) => row.class))];
  if (found.length > mostClasses) {
    return fail("invalid", `${found.length} classes, at most ${mostClasses}: is it the right column?`);
  }
  if (positive === undefined) return ok(found);
  if (!found.includes(positive)) {
    return fail("invalid", `No matched row has the class ${positive}. Classes: ${found.join(", ")}.`);
  }
  return ok([positive, ...found.filter((name) => name !== positive)]);
}
