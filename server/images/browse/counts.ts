import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/server/db/client";
import { images, splitImages } from "@/server/db/schema";
import {
  type AttributeGroup,
  type AttributeTests,
  byAge,
  byFrequency,
  countAttributes,
  countStates,
  inOrder,
  type LabelPiece,
} from "./facets";
import { type BrowseCounts, filmStates, readStates, sexes, splitParts } from "./schema";
import {
  attributeConditions,
  everyCondition,
  fromImages,
  joined,
  labelConditions,
  passesState,
  type Selection,
  textConditions,
} from "./selection";

/** Findings per piece of a packed string: 4⁵ = 1,024 pieces at most, whatever the number of rows. */
const pieceWidth = 5;

/**
 * Total, patients and the counts of every filter value. Three scans of the covering index, side by side on
 * connections of their own; what they return is a few hundred rows whatever the number of images.
 * @param labels whether the states of findings are counted too
 */
export async function countSelection(
  db: Database,
  selection: Selection,
  { labels }: { readonly labels: boolean },
): Promise<BrowseCounts> {
  const [groups, pieces, patients, of] = await Promise.all([
    attributeGroups(db, selection),
    labels ? labelPieces(db, selection) : null,
    patientCount(db, selection),
    // Without text, finding and split the groups are all images.
    selection.text || selection.states.length > 0 || selection.filters.split ? db.$count(images) : null,
  ]);
  const counted = countAttributes(groups, testsOf(selection));
  const states = pieces && countStates(pieces, pieceWidth, selection.findings.length);
  return {
    total: counted.total,
    patients,
    of: of ?? groups.reduce((sum, group) => sum + group.images, 0),
    facets: {
      datasets: [...selection.datasetNames.values()]
        .sort()
        .map((value) => ({ value, images: counted.of.dataset.get(value) ?? 0 })),
      views: byFrequency(counted.of.view),
      sexes: inOrder(sexes, counted.of.sex),
      ages: byAge(counted.of.age),
      readStates: inOrder(readStates, counted.of.readState),
      films: inOrder(filmStates, counted.of.film),
      parts: selection.filters.split ? inOrder(splitParts, counted.of.part) : null,
      findings:
        states &&
        selection.findings.flatMap(({ position, name }) => {
          const ofFinding = states[position];
          return ofFinding ? [{ finding: name, ...ofFinding }] : [];
        }),
    },
  };
}

/** Images per combination of attributes, before the filters on attributes (those are applied when counting). */
async function attributeGroups(db: Database, selection: Selection): Promise<AttributeGroup[]> {
  const part = selection.filters.split ? sql`${splitImages.part}` : sql`null::smallint`;
  const rows = await scan<{
    dataset_id: string;
    view: string;
    sex: AttributeGroup["sex"];
    age: number | null;
    read_state: AttributeGroup["readState"];
    film_here: boolean;
    part: number | null;
    images: number;
  }>(
    db,
    selection,
    sql`
    select dataset_id, view, sex, age, read_state, film_here, ${part} as part, count(*)::int as images
    from ${fromImages(selection)}
    where ${joined([...textConditions(selection), ...labelConditions(selection)])}
    group by 1, 2, 3, 4, 5, 6, 7`,
  );
  return rows.map((row) => ({
    dataset: selection.datasetNames.get(Number(row.dataset_id)) ?? "",
    view: row.view,
    sex: row.sex,
    age: row.age,
    readState: row.read_state,
    film: row.film_here ? "here" : "absent",
    part: row.part === null ? null : (splitParts[row.part] ?? null),
    images: row.images,
  }));
}

function testsOf({ filters }: Selection): AttributeTests {
  const { age, film, split } = filters;
  const among = <Value>(chosen: readonly Value[]) =>
    chosen.length === 0 ? undefined : (value: Value) => chosen.includes(value);
  return {
    dataset: among(filters.datasets),
    view: among(filters.views),
    sex: among(filters.sexes),
    readState: among(filters.readStates),
    film: film === null ? undefined : (value) => value === film,
    age:
      age === null || (age.from === null && age.to === null)
        ? undefined
        : (years) => years !== null && years >= (age.from ?? 0) && years <= (age.to ?? years),
    part:
      split === null || split.parts.length === 0
        ? undefined
        : (value) => value !== null && split.parts.includes(value),
  };
}

/**
 * Images per piece of their labels. Equal label strings are put together first (23,707 of 223,414 rows in
 * CheXpert), filters by finding are applied to those, and only then the strings are cut.
 */
async function labelPieces(db: Database, selection: Selection): Promise<LabelPiece[]> {
  const starts = Array.from(
    { length: Math.ceil(selection.findings.length / pieceWidth) },
    (_, index) => index * pieceWidth,
  );
  const refusals = selection.states.map((one) => sql`(not ${passesState(one)})::int`);
  const refused = refusals.length === 0 ? sql`0` : sql.join(refusals, sql` + `);
  const refusedBy = sql.join(
    selection.states.map((one) => sql`when not ${passesState(one)} then ${one.position}::int`),
    sql` `,
  );
  const rows = await scan<{
    refused_by: number;
    start: number;
    piece: string;
    images: number;
  }>(
    db,
    selection,
    sql`
    with strings as materialized (
      select labels, count(*)::int as n from ${fromImages(selection)}
      where ${joined([...attributeConditions(selection), ...textConditions(selection)])}
      group by labels
    ), pieces as (
      select n, ${refusals.length === 0 ? sql`-1` : sql`case ${refusedBy} else -1 end`} as refused_by,
        ${sql.join(
          starts.map(
            (start) => sql`substr(labels, ${start + 1}::int, ${pieceWidth}::int) as ${piece(start)}`,
          ),
          sql`, `,
        )}
      from strings where ${refused} <= 1
    )
    select refused_by, coalesce(${sql.join(starts.map(piece), sql`, `)}) as piece,
      case ${sql.join(
        starts.map((start) => sql`when ${piece(start)} is not null then ${start}::int`),
        sql` `,
      )} end as start,
      sum(n)::int as images
    from pieces
    group by grouping sets (${sql.join(
      starts.map((start) => sql`(refused_by, ${piece(start)})`),
      sql`, `,
    )})`,
  );
  return rows.map(({ refused_by: refusedBy, ...row }) => ({ refusedBy, ...row }));
}

const piece = (start: number) => sql.identifier(`from_${start}`);

async function patientCount(db: Database, selection: Selection): Promise<number> {
  const [row] = await scan<{ patients: number }>(
    db,
    selection,
    sql`
    select count(*)::int as patients from (
      select distinct patient_id from ${fromImages(selection)} where ${everyCondition(selection)}
    ) as distinct_patients`,
  );
  return row?.patients ?? 0;
}

/**
 * Runs a count. Images and a split's rows lie in the same order, by image: merging them costs a third of hashing
 * them (measured at 223,414 images), which the planner does not see.
 */
async function scan<Row extends Record<string, unknown>>(db: Database, selection: Selection, count: SQL) {
  if (!selection.filters.split) return db.execute<Row>(count);
  return db.transaction(async (tx) => {
    await tx.execute(sql`set local enable_hashjoin = off`);
    return tx.execute<Row>(count);
  });
}
