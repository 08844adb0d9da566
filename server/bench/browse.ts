import { createReadStream } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { sql } from "drizzle-orm";
import { valueOf as valueIn } from "@/server/auth/command";
import { database, driver } from "@/server/db/client";
import { browseImages, countImages, imagePageKeys, listImages } from "@/server/images/browse/queries";
import { type ImageFiltersInput, readStates, sexes, splitParts } from "@/server/images/browse/schema";
import { labelStates } from "@/server/labels/states";
import { vocabulary } from "@/server/labels/vocabulary";
import { type Benchmark, type Figure, percentile } from "./benchmark";

const table = "data/chexpert/train-full.csv.gz";
const shell = { kind: "shell", osUser: "bench" } as const;
const rounds = 2;

/** Every single filter of the images page over all of CheXpert: its counts with the first page, and the page after. */
export const browseBenchmark: Benchmark = {
  name: "browse",
  needs: [table],
  async run(shared) {
    await loadTable(path.join(shared, table));
    const filters = await everySingleFilter();
    for (const filter of filters.slice(0, 5)) await browseImages(shell, { filters: filter });
    const counted: number[] = [];
    const next: number[] = [];
    for (const filter of Array.from({ length: rounds }, () => filters).flat()) {
      const first = await timed(counted, () => browseImages(shell, { filters: filter }));
      const after = valueIn(first).next;
      if (after !== null) await timed(next, () => listImages(shell, { filters: filter, after }));
    }
    const far: number[] = [];
    for (const after of await everyTenthKey()) await timed(far, () => listImages(shell, { after }));
    const whole = valueIn(await countImages(shell, {}));
    return [
      { what: "images", value: whole.total, unit: "images", bar: { atLeast: 223_414 } },
      { what: "single filters", value: filters.length, unit: "filters" },
      ...spread("a filter with all its counts", counted, 300),
      ...spread("next page", next, 50),
      ...spread("a page anywhere", far, 50),
    ];
  },
};

function spread(what: string, samples: readonly number[], bar: number): Figure[] {
  return [
    { what: `${what}, median`, value: percentile(samples, 0.5), unit: "ms" },
    { what: `${what}, p95`, value: percentile(samples, 0.95), unit: "ms", bar: { atMost: bar } },
  ];
}

async function timed<T>(samples: number[], work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const value = await work();
  samples.push(performance.now() - start);
  return value;
}

async function everySingleFilter(): Promise<ImageFiltersInput[]> {
  const { facets } = valueIn(await countImages(shell, {}));
  const findings = await vocabulary();
  return [
    {},
    { datasets: ["chexpert"] },
    ...findings.flatMap(({ name }) =>
      labelStates.map((state) => ({ findings: [{ finding: name, states: [state] }] })),
    ),
    ...facets.views.map(({ value }) => ({ views: [value] })),
    ...sexes.map((sex) => ({ sexes: [sex] })),
    ...[0, 20, 40, 60, 80].map((from) => ({ age: { from, to: from + 19 } })),
    ...readStates.map((state) => ({ readStates: [state] })),
    ...(["here", "absent"] as const).map((film) => ({ film })),
    { split: { id: 1 } },
    ...splitParts.map((part) => ({ split: { id: 1, parts: [part] } })),
    { text: "patient00417" },
    { text: "patient0" },
    { text: "CheXpert-v1.0-small/train/patient64" },
  ];
}

async function everyTenthKey(): Promise<string[]> {
  const { keys } = valueIn(await imagePageKeys(shell, {}));
  return keys.filter((_, index) => index % 10 === 0);
}

/** The table's rows as an import leaves them, and a split of all of them. */
async function loadTable(file: string): Promise<void> {
  const findings = Array.from({ length: 14 }, (_, finding) => `f${finding}`);
  await database().execute(sql`create table staged (path text, sex text, age int, side text, projection text,
    ${sql.raw(findings.map((finding) => `${finding} text`).join(", "))})`);
  const copy = await driver()`copy staged from stdin with (format csv, header)`.writable();
  await pipeline(createReadStream(file), createGunzip(), copy);
  const labels = findings
    .map((f) => `case ${f} when '1.0' then '+' when '0.0' then '-' when '-1.0' then '?' else '.' end`)
    .join(" || ");
  await driver().unsafe(`
    insert into datasets (name, format, created_by) values ('chexpert', 'chexpert', 'bench');
    insert into patients (dataset_id, external_id) select distinct 1, split_part(path, '/', 3) from staged;
    insert into studies (dataset_id, patient_id, external_id)
      select distinct 1, p.id, split_part(s.path, '/', 4)
      from staged s join patients p on p.external_id = split_part(s.path, '/', 3);
    insert into images (dataset_id, patient_id, study_id, path, view, sex, age, source_labels, labels, extra, row_hash)
      select 1, p.id, t.id, s.path, coalesce(s.projection, s.side),
        case s.sex when 'Female' then 'F' when 'Male' then 'M' else 'unknown' end, s.age, l.packed, l.packed,
        jsonb_build_object('Frontal/Lateral', s.side), encode(sha256(s.path::bytea), 'hex')
      from staged s
      join patients p on p.external_id = split_part(s.path, '/', 3)
      join studies t on t.patient_id = p.id and t.external_id = split_part(s.path, '/', 4),
      lateral (select ${labels} as packed) l;
    insert into cohorts (name, source, rule, classes, images, patients, unmatched, dataset_versions, created_by)
      values ('all', 'rule', '{}', '["a"]', 223414, 64540, '{"count": 0, "rows": []}', '{}', 'bench');
    insert into splits (name, cohort_id, strategy, shares, seed, summary, created_by)
      values ('random', 1, 'random', '{}', 1, '{}', 'bench');
    insert into split_images (split_id, image_id, part, class_index) select 1, id, id % 3, 0 from images;
    drop table staged`);
  await driver().unsafe("vacuum (analyze)");
}
