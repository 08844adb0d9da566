import { beforeAll, describe, expect, it } from "vitest";
import { valueOrThrow } from "@/server/auth/command";
import { createCohort } from "@/server/cohorts/commands";
import { plantFilms } from "@/server/cohorts/planted-films";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { createSplit } from "./commands";
import { exportSplit } from "./export";
import { showSplit, splitsOfCohorts } from "./queries";
import { highestSeed } from "./schema";

testDatabase();
const shell = { kind: "shell", osUser: "test" } as const;
const published = { train: 60, validation: 20, test: 20 };
const plan = { cohort: "twenty", strategy: "random", shares: published, seed: 42 } as const;

beforeAll(async () => {
  // Ten patients with two images each; the first five are ill. One path and one id look like formulas.
  const films = Array.from({ length: 20 }, (_, index) => ({
    path: index === 0 ? "=HYPERLINK(1).png" : `film${String(index).padStart(2, "0")}.png`,
    patient: index < 2 ? "+1" : `p${Math.floor(index / 2)}`,
  }));
  await plantFilms(films);
  const rows = films.map(({ path }, index) => `chexpert,${path},${index < 10 ? "ill" : "well"}`);
  const csv = ["dataset,path,class", ...rows].join("\n");
  valueOrThrow(await createCohort(shell, { name: "twenty", source: { kind: "csv", csv } }));
});

describe("a split", () => {
  it("is drawn, counted and audited in one go", async () => {
    const made = valueOrThrow(await createSplit(shell, { ...plan, name: "by image" }));
    expect(made.summary.parts).toMatchObject({
      train: { images: 12, classes: { ill: 6, well: 6 }, sources: { chexpert: 12 } },
      validation: { images: 4, classes: { ill: 2, well: 2 } },
      test: { images: 4, classes: { ill: 2, well: 2 } },
    });
    expect(made.summary.drift).toBe(0);
    const shown = valueOrThrow(await showSplit(shell, { split: "by image" }));
    expect(shown).toMatchObject({ id: made.id, strategy: "random", stratify: "class", seed: 42 });
    expect(shown.audit).toEqual(made.audit);
    expect(shown.cohort).toMatchObject({ name: "twenty", classes: ["ill", "well"], images: 20 });
  });

  it("by patient leaks nothing", async () => {
    const made = valueOrThrow(await createSplit(shell, { ...plan, strategy: "patient", name: "by patient" }));
    expect(made.audit.leaks).toEqual({ patients: 0, groups: 0, films: 0 });
    expect(made.summary.parts.train.patients + made.summary.parts.test.patients).toBe(8);
  });

  it("is the same for the same seed and another for another", async () => {
    const assignment = async (seed: number, name: string) => {
      valueOrThrow(await createSplit(shell, { ...plan, seed, name }));
      return valueOrThrow(await exportSplit(shell, { split: name })).csv;
    };
    const first = await assignment(7, "seed 7");
    expect(await assignment(7, "seed 7 again")).toBe(first);
    expect(await assignment(8, "seed 8")).not.toBe(first);
  });

  it.each([
    {
      what: "parts that do not add up",
      change: { shares: { train: 60, validation: 20, test: 10 } },
      message: "The parts add up to 90, not to 100.",
    },
    {
      what: "a share below 0",
      change: { shares: { train: 120, validation: -40, test: 20 } },
      message: "A part cannot be negative.",
    },
    {
      what: "broken percentages",
      change: { shares: { train: 33.3, validation: 33.3, test: 33.4 } },
      message: "Parts are whole percentages.",
    },
    {
      what: "no test part",
      change: { shares: { train: 80, validation: 20, test: 0 } },
      message: "Training and test need a share above 0.",
    },
    { what: "a seed below 0", change: { seed: -1 }, message: "A seed is a whole number" },
    {
      what: "a seed above the highest",
      change: { seed: highestSeed + 1 },
      message: "A seed is a whole number",
    },
    { what: "a seed that is no number", change: { seed: Number.NaN }, message: "A seed is a whole number" },
    { what: "no name", change: { name: "  " }, message: "Give the split a name." },
    {
      what: "a part that would be empty",
      change: { strategy: "patient" as const, shares: { train: 98, validation: 1, test: 1 } },
      message: "part would be empty",
    },
  ])("is refused for $what", async ({ change, message }) => {
    const result = await createSplit(shell, { ...plan, name: "refused", ...change });
    expect(result).toMatchObject({ ok: false, code: "invalid", message: expect.stringContaining(message) });
    expect(await showSplit(shell, { split: "refused" })).toMatchObject({ code: "not-found" });
  });

  it("is refused for a strategy that there is not", async () => {
    const input = { ...plan, name: "refused", strategy: JSON.parse('"source"') };
    expect(await createSplit(shell, input)).toMatchObject({ ok: false, code: "invalid" });
  });

  it("is refused for a cohort that there is not", async () => {
    const result = await createSplit(shell, { ...plan, name: "refused", cohort: 999_999 });
    expect(result).toMatchObject({ ok: false, code: "not-found" });
  });

  it("keeps its name to itself, also when two are made at once", async () => {
    const twice = await Promise.all([1, 2].map(() => createSplit(shell, { ...plan, name: "double click" })));
    expect(twice.filter((result) => result.ok)).toHaveLength(1);
    expect(twice.find((result) => !result.ok)).toMatchObject({ code: "conflict" });
    const { cohortId } = valueOrThrow(await showSplit(shell, { split: "double click" }));
    const all = valueOrThrow(await splitsOfCohorts(shell, { cohorts: [cohortId] }));
    expect(all.filter((split) => split.name === "double click")).toHaveLength(1);
  });
});

describe("its export", () => {
  it("names dataset, path, patient, class and part, and disarms formulas", async () => {
    const { csv, images } = valueOrThrow(await exportSplit(shell, { split: "by image" }));
    const lines = csv.trimEnd().split("\n");
    expect(images).toBe(20);
    expect(lines[0]).toBe("dataset,path,patient,class,part");
    expect(lines).toHaveLength(21);
    expect(lines[1]).toMatch(/^chexpert,'=HYPERLINK\(1\)\.png,'\+1,ill,(train|validation|test)$/);
    expect(lines.filter((line) => line.endsWith(",test"))).toHaveLength(4);
  });
});

describe("rights", () => {
  it.each([
    { role: "reader", manages: false, views: false },
    { role: "adjudicator", manages: false, views: true },
    { role: "scientist", manages: true, views: true },
  ] as const)("of a $role: views $views, makes $manages", async ({ role, manages, views }) => {
    const person = await personWith(role);
    expect((await createSplit(person, { ...plan, name: `of a ${role}` })).ok).toBe(manages);
    expect((await showSplit(person, { split: "by image" })).ok).toBe(views);
    expect((await exportSplit(person, { split: "by image" })).ok).toBe(views);
  });

  it("a foreign id is not found", async () => {
    expect(await showSplit(shell, { split: 999_999 })).toMatchObject({ ok: false, code: "not-found" });
    expect(await exportSplit(shell, { split: 999_999 })).toMatchObject({ ok: false, code: "not-found" });
  });
});
