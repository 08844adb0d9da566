import { createReadStream } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { sql } from "drizzle-orm";
import { valueOrThrow } from "@/server/auth/command";
import { createCohort } from "@/server/cohorts/commands";
import { database, driver } from "@/server/db/client";
import { auditSplit } from "@/server/integrity/audit";
import { refreshAudit } from "@/server/integrity/commands";
import { leakPairs } from "@/server/integrity/queries";
import { createSplit } from "@/server/splits/commands";
import type { Benchmark, Figure } from "./benchmark";
import { percentile } from "./benchmark";

const table = "data/chexpert/train-full.csv.gz";
const shell = { kind: "shell", osUser: "bench" } as const;
const shares = { train: 60, validation: 20, test: 20 };

/** Whole-CheXpert splits: 223,414 images of 64,540 patients, each with a film of its own. */
export const splitsBenchmark: Benchmark = {
  name: "splits",
  needs: [table],
  async run(shared) {
    await loadTable(path.join(shared, table));
    const figures: Figure[] = [];
    const seconds = async <T>(what: string, work: () => Promise<T>, bar?: Figure["bar"]): Promise<T> => {
      const start = performance.now();
      const value = await work();
      const took = (performance.now() - start) / 1000;
      figures.push({ what, value: took, unit: "s", ...(bar ? { bar } : {}) });
      return value;
    };
    const classes = [
      { name: "lateral", where: { views: ["Lateral"] } },
      { name: "frontal", where: {} },
    ];
    const source = { kind: "rule", rule: { classes } } as const;
    const cohort = valueOrThrow(
      await seconds("cohort by rule", () => createCohort(shell, { name: "all", source })),
    );
    figures.push({ what: "its images", value: cohort.images, unit: "images", bar: { atLeast: 223_414 } });
    const plan = { cohort: "all", shares, seed: 42 };
    const clean = await seconds(
      "split patient with its audit",
      async () => {
        const split = valueOrThrow(
          await createSplit(shell, { ...plan, name: "patient", strategy: "patient" }),
        );
        return { split, audit: valueOrThrow(await auditSplit(shell, { split: "patient" })) };
      },
      { atMost: 5 },
    );
    figures.push({
      what: "its leaking groups",
      value: clean.audit.leaks.groups,
      unit: "groups",
      bar: { atMost: 0 },
    });
    figures.push({ what: "its drift", value: clean.split.summary.drift, unit: "points", bar: { atMost: 1 } });
    const leaking = valueOrThrow(
      await seconds("split random with its audit", () =>
        createSplit(shell, { ...plan, name: "random", strategy: "random" }),
      ),
    );
    const { images, leaked } = leaking.audit.parts.test;
    figures.push({ what: "its test images that leak", value: (100 * leaked) / images, unit: "%" });
    await seconds("audit of the random split anew", () => refreshAudit(shell, { split: "random" }), {
      atMost: 5,
    });
    figures.push(await pageFigure(leaked));
    return figures;
  },
};

/** Pages anywhere in the list of leaks. */
async function pageFigure(leaked: number): Promise<Figure> {
  const samples: number[] = [];
  for (let page = 0; page < 40; page++) {
    const start = performance.now();
    const after = Math.floor((page * leaked) / 40);
    valueOrThrow(await leakPairs(shell, { split: "random", part: "test", after }));
    samples.push(performance.now() - start);
  }
  return { what: "page of leaks, p95", value: percentile(samples, 0.95), unit: "ms", bar: { atMost: 50 } };
}

/** The table's rows as an import leaves them; each with a film, one in a thousand the same as the next one's. */
async function loadTable(file: string): Promise<void> {
  await database().execute(sql`create table staged (path text, sex text, age int, side text, view text,
    ${sql.raw(Array.from({ length: 14 }, (_, finding) => `f${finding} text`).join(", "))})`);
  const copy = await driver()`copy staged from stdin with (format csv, header)`.writable();
  await pipeline(createReadStream(file), createGunzip(), copy);
  await database().execute(sql.raw(spread));
  await database().execute(sql`analyze`);
}

const spread = `
  insert into datasets (name, format, created_by) values ('chexpert', 'chexpert', 'bench');
  insert into patients (dataset_id, external_id)
    select distinct 1, split_part(path, '/', 3) from staged;
  insert into studies (dataset_id, patient_id, external_id)
    select distinct 1, p.id, split_part(s.path, '/', 4)
    from staged s join patients p on p.external_id = split_part(s.path, '/', 3);
  insert into image_objects (sha256, pixel_sha256, media_type, bytes, width, height, channels, bit_depth, thumbnail_sha256)
    select encode(sha256(path::bytea), 'hex'),
      encode(sha256((case when n % 1000 = 0 then n + 1 else n end)::text::bytea), 'hex'), 'image/jpeg', 1, 320, 320, 1, 8, ''
    from (select path, row_number() over () as n from staged) as numbered;
  insert into images (dataset_id, patient_id, study_id, path, view, sex, age, source_labels, labels, object_sha256, row_hash)
    select 1, p.id, t.id, s.path, s.side, 'unknown', s.age, '', '', encode(sha256(s.path::bytea), 'hex'), ''
    from staged s
    join patients p on p.external_id = split_part(s.path, '/', 3)
    join studies t on t.patient_id = p.id and t.external_id = split_part(s.path, '/', 4)`;
