import { sql } from "drizzle-orm";
import type { Executor } from "@/server/db/client";
import type { ClassCount, Composition } from "./schema";

type Row = {
  class_index: number;
  source: string | null;
  view: string | null;
  sex: string | null;
  images: number;
  absent: number;
};

/** Counts per class, and per class and source, view and sex, in one pass over the cohort. */
export async function compositionOf(
  db: Executor,
  cohort: { readonly id: number; readonly classes: readonly string[] },
): Promise<Composition> {
  const rows = await db.execute<Row>(sql`
    select m.class_index, d.name as source, i.view, i.sex, count(*)::int as images,
      (count(*) filter (where i.object_sha256 is null))::int as absent
    from cohort_images m
    join images i on i.id = m.image_id
    join datasets d on d.id = i.dataset_id
    where m.cohort_id = ${cohort.id}
    group by grouping sets ((m.class_index), (m.class_index, d.name), (m.class_index, i.view), (m.class_index, i.sex))
    order by images desc, source, view, sex`);
  const nameOf = (row: Row) => cohort.classes[row.class_index] ?? "";
  const by = (value: (row: Row) => string | null): ClassCount[] =>
    rows.flatMap((row) => {
      const found = value(row);
      return found === null ? [] : [{ value: found, class: nameOf(row), images: row.images }];
    });
  const whole = rows.filter((row) => row.source === null && row.view === null && row.sex === null);
  const counted = new Map(whole.map((row) => [nameOf(row), row.images]));
  return {
    classes: Object.fromEntries(cohort.classes.map((name) => [name, counted.get(name) ?? 0])),
    sources: by((row) => row.source),
    views: by((row) => row.view),
    sexes: by((row) => row.sex),
    filmsAbsent: whole.reduce((sum, row) => sum + row.absent, 0),
  };
}
