import { type SQL, sql } from "drizzle-orm";
import { query } from "@/server/auth/command";
import { ok } from "@/server/lib/errors";
import { comparedSides, differ, type Sides } from "./compared-sides";
import { type DifferingStudy, differingStudiesInput } from "./schema";
import { characterOf, type LabelState, stateAt } from "./states";
import { type Finding, vocabulary } from "./vocabulary";

type Row = {
  image: string;
  images: number;
  /** Whether it is the first of its study that differs. */
  first: boolean;
  studyId: string;
  patientId: string;
  patient: string;
  dataset: string;
  study: string;
  before: string;
  after: string;
};

/**
 * Studies on whose labels two states differ, in the order of import, a page at a time; narrowed to a finding, or
 * to one change of it. Errors: not-found (a label set).
 */
export const differingStudies = query({
  name: "labels.differing-studies",
  permission: "labels.view",
  input: differingStudiesInput,
  async run({ db, input }) {
    const sides = await comparedSides(db, input);
    if (!sides.ok) return sides;
    const cap = input.limit * imagesAStudy;
    const differs = sql.join([differ, ...narrowing(input.only)], sql` and `);
    const [rows, findings] = await Promise.all([
      db.execute<Row>(pageOf(sides.value, differs, input.after, cap)),
      vocabulary(db),
    ]);
    const firsts = rows.filter(({ first }) => first);
    const page = firsts.slice(0, input.limit);
    const seen = firsts.length > input.limit ? page.at(-1) : rows.length === cap ? rows.at(-1) : undefined;
    return ok({
      rows: page.map((row) => differingOf(row, findings)),
      next: seen ? Number(seen.image) : null,
    });
  },
});

/** Differing images that are looked at for one study of a page: a page may be shorter, and more may follow. */
const imagesAStudy = 3;

/**
 * Differing images in the order of import, which ends when there are enough; a study stands where its first one
 * does.
 */
function pageOf({ from, to }: Sides, differs: SQL, after: number, cap: number): SQL {
  const later = ({ rows }: Sides["from"]) =>
    sql`(select * from (${rows}) as side where image_id > ${after}::bigint)`;
  const both = sql`(${from.rows}) a join (${to.rows}) b using (image_id)`;
  return sql`
    with page as materialized (
      select image_id, a.labels as before, b.labels as after
      from ${later(from)} a join ${later(to)} b using (image_id)
      where ${differs} order by image_id limit ${cap}::int
    )
    select page.image_id as image, before, after, s.id as "studyId", p.id as "patientId",
      p.external_id as patient, d.name as dataset, s.external_id as study, alike.images,
      alike.first = page.image_id as first
    from page join images i on i.id = page.image_id
    join studies s on s.id = i.study_id join patients p on p.id = s.patient_id join datasets d on d.id = s.dataset_id
    cross join lateral (
      select count(*)::int as images, min(other.id) as first
      from images other cross join lateral (select from ${both} where image_id = other.id and ${differs}) found
      where other.study_id = i.study_id
    ) alike
    order by image`;
}

function differingOf(
  { before, after, image, first: _, ...row }: Row,
  findings: readonly Finding[],
): DifferingStudy {
  return {
    ...row,
    studyId: Number(row.studyId),
    patientId: Number(row.patientId),
    firstImage: Number(image),
    changes: findings.flatMap(({ name, position }) => {
      const [from, to] = [stateAt(before, position), stateAt(after, position)];
      return from === to ? [] : [{ finding: name, from, to }];
    }),
  };
}

function narrowing(only: { finding: number; from?: LabelState; to?: LabelState } | undefined): SQL[] {
  if (only === undefined) return [];
  const at = (labels: SQL) => sql`coalesce(nullif(substr(${labels}, ${only.finding + 1}::int, 1), ''), '.')`;
  const [before, after] = [at(sql`a.labels`), at(sql`b.labels`)];
  return [
    sql`${before} <> ${after}`,
    ...(only.from ? [sql`${before} = ${characterOf(only.from)}`] : []),
    ...(only.to ? [sql`${after} = ${characterOf(only.to)}`] : []),
  ];
}
