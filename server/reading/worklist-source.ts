import { eq, type SQL, sql } from "drizzle-orm";
import type { Executor } from "@/server/db/client";
import { cohorts, datasets } from "@/server/db/schema";
import { fail, ok, type Result } from "@/server/lib/errors";
import { likelyLabelErrors } from "./label-error-studies";
import { blankButPositive, misclassified, rounded } from "./model-studies";
import type { OrderedStudies } from "./ordered-studies";
import type { WorklistQuery, worklistOrders } from "./worklist-input";

export type WorklistChoice = {
  readonly query: WorklistQuery;
  /** Another order than the kind's own. */
  readonly order?: (typeof worklistOrders)[number] | undefined;
  readonly dataset?: string | undefined;
  readonly limit?: number | undefined;
};

/** SQL that gives `study_id`, `place` (1, 2, …) and `reason` (or null); what the worklist keeps of how it was made. */
export type WorklistSource = {
  readonly select: SQL;
  readonly datasetId: number | null;
  readonly kept: Record<string, unknown>;
};

/**
 * The studies of a worklist's query, in its order. Studies whose films are not here stay out, unless none of
 * them has one: then a table that was imported alone can be planned. Errors: not-found (dataset, run, cohort,
 * finding), invalid (a class that the run does not have).
 */
export async function worklistSource(db: Executor, choice: WorklistChoice): Promise<Result<WorklistSource>> {
  const dataset = await datasetOf(db, choice.dataset);
  if (!dataset.ok) return dataset;
  const ordered = await orderedStudies(db, choice.query, dataset.value);
  if (!ordered.ok) return ordered;
  const { studies, reason = sql`null::text` } = ordered.value;
  const order = choice.order === undefined ? ordered.value.order : otherOrders[choice.order];
  const limit = choice.limit === undefined ? sql`` : sql`limit ${choice.limit}`;
  const ofDataset =
    dataset.value === null
      ? sql``
      : sql`where study_id in (select id from studies where dataset_id = ${dataset.value})`;
  return ok({
    datasetId: dataset.value,
    kept: { ...kept(choice.query), order: choice.order, dataset: choice.dataset, limit: choice.limit },
    select: sql`
      with chosen as materialized (select * from (${studies}) as all_studies ${ofDataset}),
      filmed as materialized (
        select * from chosen
        where exists (select from images i where i.study_id = chosen.study_id and i.film_here)
      )
      select study_id, row_number() over (order by ${order}, study_id)::int as place, ${reason} as reason
      from (
        select * from filmed
        union all
        select * from chosen where not exists (select from filmed)
      ) as readable order by place ${limit}`,
  });
}

/** What a study of the list is ordered by, whatever chose it. */
const otherOrders: Readonly<Record<(typeof worklistOrders)[number], SQL>> = {
  "uncertain-first": sql`(select length(current_labels) - length(replace(current_labels, '?', ''))
    from studies where id = study_id) desc`,
  patient: sql`(select patient_id from studies where id = study_id),
    (select sequence from studies where id = study_id)`,
  random: sql`hashint8extended(study_id, 42)`,
};

async function orderedStudies(
  db: Executor,
  query: WorklistQuery,
  datasetId: number | null,
): Promise<Result<OrderedStudies>> {
  switch (query.kind) {
    case "uncertain-first":
      return ok(uncertainFirst(query.minUncertain, datasetId));
    case "blank-but-model-positive":
      return blankButPositive(db, query);
    case "cohort":
      return ofCohort(db, query.cohort);
    case "misclassified":
      return misclassified(db, query.run);
    case "label-errors":
      return likelyLabelErrors(db, query);
    case "disagreements":
      return ok(disagreements);
    case "random":
      return ok({
        studies: sql`select id as study_id from studies`,
        // A hash, not random(): the same seed gives the same order everywhere.
        order: sql`hashint8extended(study_id, ${query.seed})`,
      });
    case "selection":
      return selection(query);
  }
}

/** By uncertain findings; among equals by how little the least convinced model gives to the label. */
function uncertainFirst(least: number, datasetId: number | null): OrderedStudies {
  const ofDataset = datasetId === null ? sql`` : sql`and dataset_id = ${datasetId}`;
  return {
    studies: sql`
      select s.study_id, s.uncertain, d.disagreement, 1 - d.disagreement as agreement from (
        select id as study_id,
          length(current_labels) - length(replace(current_labels, '?', '')) as uncertain
        from studies where true ${ofDataset}
      ) s
      left join (
        select i.study_id, max(1 - p.probabilities[p.class_index + 1]) as disagreement
        from predictions p join images i on i.id = p.image_id group by i.study_id
      ) d using (study_id)
      where s.uncertain >= ${least}`,
    order: sql`uncertain desc, coalesce(disagreement, 0) desc`,
    reason: sql`uncertain || case when uncertain = 1 then ' finding uncertain' else ' findings uncertain' end
      || coalesce('; a model gives its label ' || ${rounded("agreement")}, '')`,
  };
}

async function ofCohort(db: Executor, cohort: number | string): Promise<Result<OrderedStudies>> {
  const column = typeof cohort === "number" ? cohorts.id : cohorts.name;
  const [row] = await db.select({ id: cohorts.id }).from(cohorts).where(eq(column, cohort));
  if (!row) return fail("not-found", `There is no cohort ${cohort}.`);
  return ok({
    studies: sql`
      select distinct s.id as study_id, s.patient_id, s.sequence
      from cohort_images c join images i on i.id = c.image_id join studies s on s.id = i.study_id
      where c.cohort_id = ${row.id}`,
    order: sql`patient_id, sequence`,
  });
}

/** Studies whose standing reads differ and that nobody has decided; most differing findings first. */
const disagreements: OrderedStudies = {
  studies: sql`
    select s.id as study_id, (
      select count(*) from (
        select from reads r, generate_series(1, 64) as position
        where r.study_id = s.id and r.current and not r.withdrawn and r.kind = 'read' group by position
        having count(distinct coalesce(nullif(substr(r.labels, position, 1), ''), '.')) > 1
      ) as differing
    ) as differing
    from studies s where s.reads_differ`,
  order: sql`differing desc`,
  reason: sql`differing || case when differing = 1 then ' finding differs' else ' findings differ' end`,
};

/** In the order in which they were named; an image stands for its study. */
function selection(query: Extract<WorklistQuery, { kind: "selection" }>): Result<OrderedStudies> {
  if (query.images.length + query.studies.length === 0) {
    return fail("invalid", "Choose at least one study or image.");
  }
  return ok({
    studies: sql`
      select study_id, min(named) as named from (
        select s.id as study_id, n.named
        from unnest(${arrayOf(query.studies)}::bigint[]) with ordinality as n(id, named)
        join studies s on s.id = n.id
        union all
        select i.study_id, ${query.studies.length}::int + n.named
        from unnest(${arrayOf(query.images)}::bigint[]) with ordinality as n(id, named)
        join images i on i.id = n.id
      ) as every group by study_id`,
    order: sql`named`,
  });
}

/** A list of any length as one parameter. */
function arrayOf(ids: readonly number[]): string {
  return `{${ids.join(",")}}`;
}

/** Thousands of ids would say nothing that the items don't. */
function kept(query: WorklistQuery): Record<string, unknown> {
  if (query.kind !== "selection") return query;
  return { kind: query.kind, images: query.images.length, studies: query.studies.length };
}

async function datasetOf(db: Executor, name: string | undefined): Promise<Result<number | null>> {
  if (name === undefined) return ok(null);
  const [row] = await db.select({ id: datasets.id }).from(datasets).where(eq(datasets.name, name));
  return row ? ok(row.id) : fail("not-found", `There is no dataset “${name}”.`);
}
