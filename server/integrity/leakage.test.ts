import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { valueOrThrow } from "@/server/auth/command";
import { createCohort } from "@/server/cohorts/commands";
import { type PlantedFilm, plantFilms } from "@/server/cohorts/planted-films";
import { database } from "@/server/db/client";
import { createSplit } from "@/server/splits/commands";
import { exportSplit } from "@/server/splits/export";
import { showSplit } from "@/server/splits/queries";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { auditSplit } from "./audit";
import { mendSplit } from "./commands";
import { leakPairs } from "./queries";

testDatabase();
const shell = { kind: "shell", osUser: "test" } as const;
const shares = { train: 60, validation: 20, test: 20 };

/**
 * Two datasets, patients of one to four images a week apart, some films under two patients, some without a
 * patient id, some rows without a film.
 */
const films: PlantedFilm[] = Array.from({ length: 240 }, (_, index) => {
  const patient = Math.floor(index / (1 + (index % 4)));
  const nameless = index % 17 === 0;
  return {
    dataset: index % 3 === 0 ? "second" : "first",
    path: `${index}.png`,
    patient: nameless ? "" : `p${patient}`,
    placeholder: nameless,
    study: `s${index % 5}`,
    day: (index % 5) * 7,
    film: index % 11 === 0 ? `shared ${index % 9}` : index % 13 === 0 ? null : undefined,
  };
});

beforeAll(async () => {
  await plantFilms(films);
  const rows = films.map(
    ({ dataset, path }, index) => `${dataset},${path},${index % 10 === 0 ? "ill" : "well"}`,
  );
  const csv = ["dataset,path,class", ...rows].join("\n");
  valueOrThrow(await createCohort(shell, { name: "planted", source: { kind: "csv", csv } }));
  const plan = { cohort: "planted", strategy: "random", shares, seed: 42 } as const;
  valueOrThrow(await createSplit(shell, { ...plan, name: "leaking" }));
});

describe("the audit of a split", () => {
  it("finds the leaked images that a search in SQL finds", async () => {
    const audit = valueOrThrow(await auditSplit(shell, { split: "leaking" }));
    const expected = await leakedBySearch("leaking");
    expect(expected.length).toBeGreaterThan(20);
    for (const [part, number] of [
      ["validation", 1],
      ["test", 2],
    ] as const) {
      const found = expected.filter((row) => row.part === number);
      expect(audit.parts[part].leaked).toBe(found.length);
      for (const [index, name] of ["ill", "well"].entries()) {
        expect(audit.parts[part].byClass[name]?.leaked).toBe(
          found.filter((row) => row.class_index === index).length,
        );
      }
    }
  });

  it("counts the patients and films on several sides as SQL does", async () => {
    const { leaks } = valueOrThrow(await auditSplit(shell, { split: "leaking" }));
    const { id } = valueOrThrow(await showSplit(shell, { split: "leaking" }));
    const several = async (column: "p.id" | "o.pixel_sha256") => {
      const [row] = await database().execute<{ n: number }>(sql`
        select count(*)::int as n from (
          select ${sql.raw(column)} from split_images m join images i on i.id = m.image_id
          left join patients p on p.id = i.patient_id and not p.placeholder
          left join image_objects o on o.sha256 = i.object_sha256
          where m.split_id = ${id} and ${sql.raw(column)} is not null
          group by 1 having count(distinct m.part) > 1) as several`);
      return row?.n;
    };
    expect(leaks.patients).toBe(await several("p.id"));
    expect(leaks.films).toBe(await several("o.pixel_sha256"));
    expect(leaks.films).toBeGreaterThan(0);
  });

  it("shows each leak beside its sibling, page by page, the same film first", async () => {
    const audit = valueOrThrow(await auditSplit(shell, { split: "leaking" }));
    const leaked = audit.parts.test.leaked + audit.parts.validation.leaked;
    const all = valueOrThrow(await leakPairs(shell, { split: "leaking", limit: 100 }));
    expect(all.pairs).toHaveLength(leaked);
    const first = valueOrThrow(await leakPairs(shell, { split: "leaking", limit: 10 }));
    const second = valueOrThrow(
      await leakPairs(shell, { split: "leaking", limit: 90, after: first.next ?? 0 }),
    );
    expect([...first.pairs, ...second.pairs]).toEqual(all.pairs);
    const order = all.pairs.map((pair) => ["film", "patient", "group"].indexOf(pair.reason));
    expect(order).toEqual([...order].sort());
    for (const { image, trainImage, reason, daysApart } of all.pairs) {
      if (reason !== "patient") continue;
      expect(trainImage.patientId).toBe(image.patientId);
      // Studies lie a week apart by their number.
      const weeks = Math.abs(Number(image.study.slice(1)) - Number(trainImage.study.slice(1)));
      expect(daysApart).toBe(weeks * 7);
    }
  });

  it("filters leaks by part, class and reason, with the counts that the audit gives", async () => {
    const { reasons } = valueOrThrow(await auditSplit(shell, { split: "leaking" }));
    expect(reasons.length).toBeGreaterThan(2);
    for (const { part, class: name, reason, images } of reasons) {
      const page = valueOrThrow(
        await leakPairs(shell, { split: "leaking", part, class: name, reason, limit: 100 }),
      );
      expect(page.pairs).toHaveLength(images);
      for (const pair of page.pairs)
        expect([pair.part, pair.image.class, pair.reason]).toEqual([part, name, reason]);
    }
  });

  it("is counted anew once films come in that tie two patients together", async () => {
    const before = valueOrThrow(await auditSplit(shell, { split: "leaking" }));
    // Outside the cohort: one film under a patient of each side.
    const sides = valueOrThrow(await exportSplit(shell, { split: "leaking" }))
      .csv.split("\n")
      .map((line) => line.split(","));
    const clean = await cleanPatient("leaking");
    const trained = sides.find((row) => row[0] === clean.dataset && row[4] === "train" && row[2] !== "");
    await plantFilms([
      { dataset: clean.dataset, path: "later-1.png", patient: clean.patient, film: "the same film" },
      { dataset: clean.dataset, path: "later-2.png", patient: trained?.[2] ?? "", film: "the same film" },
    ]);
    expect(valueOrThrow(await auditSplit(shell, { split: "leaking" }))).toEqual(before);
    await database().execute(sql`update datasets set version = version + 1 where name = ${clean.dataset}`);
    const after = valueOrThrow(await auditSplit(shell, { split: "leaking" }));
    expect(after.parts.test.leaked).toBeGreaterThan(before.parts.test.leaked);
    const linked = valueOrThrow(await leakPairs(shell, { split: "leaking", reason: "group", limit: 100 }));
    expect(linked.pairs.map((pair) => pair.image.patient)).toContain(clean.patient);
  });

  it("is for those who may see splits, and a foreign id is not found", async () => {
    const reader = await personWith("reader");
    expect(await auditSplit(reader, { split: "leaking" })).toMatchObject({ code: "forbidden" });
    expect(await leakPairs(reader, { split: "leaking" })).toMatchObject({ code: "forbidden" });
    expect(await auditSplit(shell, { split: 999_999 })).toMatchObject({ code: "not-found" });
    expect(await leakPairs(shell, { split: 999_999 })).toMatchObject({ code: "not-found" });
  });
});

describe("mending", () => {
  it("leaves no leak, keeps the shares, and leaves the old split as it is", async () => {
    const old = valueOrThrow(await exportSplit(shell, { split: "leaking" })).csv;
    const mended = valueOrThrow(await mendSplit(shell, { split: "leaking", name: "mended" }));
    expect(mended.leaked.before).toBeGreaterThan(20);
    expect(mended.leaked.after).toBe(0);
    expect(mended.classes).toEqual(["ill", "well"]);
    expect(await leakedBySearch("mended")).toEqual([]);
    const audit = valueOrThrow(await auditSplit(shell, { split: "mended" }));
    expect(audit.leaks).toEqual({ patients: 0, groups: 0, films: 0 });
    expect(mended.before.parts.test.classes).toEqual({ ill: 5, well: 43 });
    expect(valueOrThrow(await exportSplit(shell, { split: "leaking" })).csv).toBe(old);
    const shown = valueOrThrow(await showSplit(shell, { split: "mended" }));
    expect(shown).toMatchObject({ strategy: "patient", seed: 42, shares, mendedFrom: { name: "leaking" } });
    expect(valueOrThrow(await showSplit(shell, { split: "leaking" })).mendedInto).toEqual([
      { id: mended.id, name: "mended" },
    ]);
  });

  it("is refused where nothing leaks, where the name is taken, and for who may not", async () => {
    const again = await mendSplit(shell, { split: "mended", name: "mended twice" });
    expect(again).toMatchObject({ ok: false, code: "conflict", message: "mended does not leak." });
    const taken = await mendSplit(shell, { split: "leaking", name: "mended" });
    expect(taken).toMatchObject({
      ok: false,
      code: "conflict",
      message: expect.stringContaining("named mended"),
    });
    const adjudicator = await personWith("adjudicator");
    expect(await mendSplit(adjudicator, { split: "leaking", name: "x" })).toMatchObject({
      code: "forbidden",
    });
    expect(await mendSplit(shell, { split: 999_999, name: "x" })).toMatchObject({ code: "not-found" });
  });

  it("happens once on a double click", async () => {
    const twice = await Promise.all([1, 2].map(() => mendSplit(shell, { split: "leaking", name: "twice" })));
    expect(twice.filter((result) => result.ok)).toHaveLength(1);
    expect(twice.find((result) => !result.ok)).toMatchObject({ code: "conflict" });
  });
});

/** Images of validation and test from which training can be reached over patients and films: in SQL alone. */
async function leakedBySearch(split: string): Promise<{ part: number; class_index: number }[]> {
  return database().execute<{ part: number; class_index: number }>(sql`
    with recursive holders as (
      select i.id, case when p.placeholder then null else i.patient_id end as patient, o.pixel_sha256 as film
      from images i join patients p on p.id = i.patient_id
      left join image_objects o on o.sha256 = i.object_sha256
    ), reached (start, id) as (
      select m.image_id, m.image_id from split_images m join splits s on s.id = m.split_id
      where s.name = ${split} and m.part > 0
      union
      select r.start, b.id from reached r
      join holders a on a.id = r.id
      join holders b on b.patient = a.patient or b.film = a.film
    )
    select m.part, m.class_index from split_images m join splits s on s.id = m.split_id
    where s.name = ${split} and exists (
      select 1 from reached r join split_images t on t.split_id = s.id and t.image_id = r.id
      where r.start = m.image_id and t.part = 0)
    and m.part > 0`);
}

/** A patient of the test part, none of whose images leaks or is in training. */
async function cleanPatient(split: string): Promise<{ dataset: string; patient: string }> {
  const [row] = await database().execute<{ dataset: string; patient: string }>(sql`
    select d.name as dataset, p.external_id as patient
    from split_images m join splits s on s.id = m.split_id and s.name = ${split}
    join images i on i.id = m.image_id
    join patients p on p.id = i.patient_id and not p.placeholder
    join datasets d on d.id = i.dataset_id
    where m.part = 2 and not exists (
      select 1 from split_leaks l where l.split_id = s.id and l.image_id = m.image_id)
    order by m.image_id limit 1`);
  if (!row) throw new Error("every test image leaks");
  return row;
}
