import { beforeAll, describe, expect, it } from "vitest";
import { valueOrThrow } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { labelSetImages, labelSets } from "@/server/db/schema";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { createCohort } from "./commands";
import { type PlantedFilm, plantFilms } from "./planted-films";
import { listCohorts, previewCohort, showCohort } from "./queries";
import type { CohortRuleInput } from "./schema";

testDatabase();
const shell = { kind: "shell", osUser: "test" } as const;
const [noFinding, pneumonia, covid] = [0, 7, 14];

const films: PlantedFilm[] = [
  { path: "a.png", patient: "p1", labels: [[noFinding, "positive"]] },
  { path: "b.png", patient: "p1", view: "lateral", labels: [[pneumonia, "positive"]] },
  { path: "c.png", patient: "p2", sex: "M", age: 20, labels: [[pneumonia, "uncertain"]] },
  {
    path: "d.png",
    patient: "",
    placeholder: true,
    labels: [
      [pneumonia, "positive"],
      [noFinding, "positive"],
    ],
  },
  { path: "e.png", patient: "p3", age: null, film: null, labels: [[noFinding, "negative"]] },
  { dataset: "other", path: "a.png", patient: "p1", labels: [[covid, "positive"]] },
];
let images: ReadonlyMap<string, number>;
beforeAll(async () => {
  images = await plantFilms(films);
});

const table = (...rows: string[]) => ["dataset,path,class", ...rows].join("\n");
const where = (finding: string, state: "positive" | "uncertain") => ({
  findings: [{ finding, states: [state] }],
});

describe("a cohort from a table", () => {
  it("holds the images that the rows name, and lists the rows that name none", async () => {
    const csv = table(
      "other,a.png,ill",
      "chexpert,a.png,well",
      "chexpert,zzz.png,well",
      "nih,a.png,well",
      "chexpert,a.png,ill",
      "chexpert,d.png,well",
    );
    const made = valueOrThrow(await createCohort(shell, { name: "by table", source: { kind: "csv", csv } }));
    expect(made).toMatchObject({
      name: "by table",
      images: 3,
      // The patient without an id counts none; patient p1 of two datasets is two people.
      patients: 2,
      classes: { ill: 1, well: 2 },
      unmatched: {
        count: 3,
        rows: [
          { line: 4, path: "zzz.png", reason: "chexpert has no image with this path." },
          { line: 5, path: "a.png", reason: "There is no dataset nih." },
          { line: 6, path: "a.png", reason: "The same image as in line 3." },
        ],
      },
    });
    const shown = valueOrThrow(await showCohort(shell, { cohort: "by table" }));
    expect(shown.classes).toEqual(["ill", "well"]);
    expect(shown.unmatched.count).toBe(3);
    expect(shown.datasetVersions).toEqual({ chexpert: 1, other: 1 });
  });

  it("puts the class of the first row first, or the one that is called positive", async () => {
    const csv = table("chexpert,a.png,well", "chexpert,b.png,ill");
    const first = valueOrThrow(await previewCohort(shell, { source: { kind: "csv", csv } }));
    expect(first.order).toEqual(["well", "ill"]);
    const chosen = valueOrThrow(
      await previewCohort(shell, { source: { kind: "csv", csv, positive: "ill" } }),
    );
    expect(chosen.order).toEqual(["ill", "well"]);
  });

  it("keeps that order for classes that are numbers, which an object's keys would not", async () => {
    const csv = table("chexpert,a.png,1", "chexpert,b.png,0");
    const made = valueOrThrow(await createCohort(shell, { name: "numbers", source: { kind: "csv", csv } }));
    expect(made.order).toEqual(["1", "0"]);
    expect(valueOrThrow(await showCohort(shell, { cohort: "numbers" })).classes).toEqual(["1", "0"]);
  });

  it.each([
    { csv: "", code: "invalid", message: /empty/ },
    { csv: "dataset,path,class\n", code: "invalid", message: /no rows/ },
    { csv: "path,class\na,b\n", code: "invalid", message: /needs the columns dataset, path and class/ },
    {
      csv: table("nih,a.png,ill", "nih,b.png,well"),
      code: "not-found",
      message: /Line 2: There is no dataset nih/,
    },
    {
      csv: table("chexpert,a.png,ill", "chexpert,b.png,ill"),
      code: "invalid",
      message: /Only one class.*ill \(2\)/,
    },
    // The second class is lost with its rows.
    { csv: table("chexpert,a.png,ill", "chexpert,zzz.png,well"), code: "invalid", message: /Only one class/ },
  ])("is refused: $message", async ({ csv, code, message }) => {
    const result = await createCohort(shell, { name: "refused", source: { kind: "csv", csv } });
    expect(result).toMatchObject({ ok: false, code, message: expect.stringMatching(message) });
    expect(await showCohort(shell, { cohort: "refused" })).toMatchObject({ code: "not-found" });
  });

  it("is refused where the positive class has no row", async () => {
    const csv = table("chexpert,a.png,well", "chexpert,b.png,ill");
    const source = { kind: "csv", csv, positive: "sick" } as const;
    expect(await previewCohort(shell, { source })).toMatchObject({ code: "invalid", message: /sick/ });
  });

  it("keeps its name to itself, also when two are made at once", async () => {
    const csv = table("chexpert,a.png,well", "chexpert,b.png,ill");
    const twice = await Promise.all(
      [1, 2].map(() => createCohort(shell, { name: "double click", source: { kind: "csv", csv } })),
    );
    expect(twice.filter((result) => result.ok)).toHaveLength(1);
    expect(twice.find((result) => !result.ok)).toMatchObject({ code: "conflict" });
    const { rows } = valueOrThrow(await listCohorts(shell, {}));
    expect(rows.filter((row) => row.name === "double click")).toHaveLength(1);
  });
});

describe("a cohort by rule", () => {
  const rule: CohortRuleInput = {
    classes: [
      { name: "pneumonia", where: where("Pneumonia", "positive") },
      { name: "none", where: { ...where("No Finding", "positive"), datasets: ["chexpert"] } },
    ],
  };

  it("gives an image to the first class that it passes", async () => {
    const made = valueOrThrow(await createCohort(shell, { name: "by rule", source: { kind: "rule", rule } }));
    // d.png passes both.
    expect(made).toMatchObject({ images: 3, classes: { pneumonia: 2, none: 1 }, unmatched: { count: 0 } });
  });

  it.each<{ what: string; filter: CohortRuleInput["classes"][number]["where"]; images: number }>([
    { what: "dataset", filter: { datasets: ["other"] }, images: 1 },
    { what: "view", filter: { views: ["lateral"] }, images: 1 },
    { what: "sex", filter: { sexes: ["M"] }, images: 1 },
    { what: "age, and an unknown one is outside", filter: { age: { from: 20, to: 59 } }, images: 1 },
    { what: "film", filter: { film: "absent" }, images: 1 },
    { what: "finding and state", filter: where("Pneumonia", "uncertain"), images: 1 },
  ])("selects by $what", async ({ filter, images: expected }) => {
    const classes = [
      { name: "chosen", where: filter },
      { name: "rest", where: {} },
    ];
    const counts = valueOrThrow(await previewCohort(shell, { source: { kind: "rule", rule: { classes } } }));
    expect(counts.classes).toEqual({ chosen: expected, rest: 6 - expected });
  });

  it("goes by a frozen label set where one is named", async () => {
    const [set] = await database()
      .insert(labelSets)
      .values({ name: "frozen", rule: "test", studies: 2, createdBy: "test" })
      .returning();
    const labels = { labelSetId: set?.id ?? 0, origin: "read" };
    await database()
      .insert(labelSetImages)
      .values([
        { ...labels, imageId: images.get("c.png") ?? 0, labels: ".......+......." },
        { ...labels, imageId: images.get("b.png") ?? 0, labels: "+.............." },
      ]);
    const source = { kind: "rule", rule, labelSet: "frozen" } as const;
    expect(valueOrThrow(await previewCohort(shell, { source })).classes).toEqual({ pneumonia: 1, none: 1 });
    const unknown = await previewCohort(shell, { source: { ...source, labelSet: "thawed" } });
    expect(unknown).toMatchObject({ code: "not-found", message: /thawed/ });
  });

  it.each<{ rule: CohortRuleInput; code: string; message: RegExp }>([
    { rule: { classes: [{ name: "all", where: {} }] }, code: "invalid", message: /at least two classes/ },
    { rule: withClasses(["x", "x"]), code: "invalid", message: /same name/ },
    {
      rule: {
        classes: [
          { name: "all", where: {} },
          { name: "rest", where: {} },
        ],
      },
      code: "invalid",
      message: /Only one class has images: all/,
    },
    { rule: withClasses(["a", "b"], { datasets: ["nih"] }), code: "not-found", message: /nih/ },
    { rule: withClasses(["a", "b"], where("Influenza", "positive")), code: "invalid", message: /Influenza/ },
  ])("is refused: $message", async ({ rule, code, message }) => {
    const result = await createCohort(shell, { name: "refused", source: { kind: "rule", rule } });
    expect(result).toMatchObject({ ok: false, code, message: expect.stringMatching(message) });
  });

  it("is refused where a filter's name is misspelt, in place of taking everything", async () => {
    const misspelt = JSON.parse(
      '{"classes":[{"name":"a","where":{"dataset":["x"]}},{"name":"b","where":{}}]}',
    );
    const result = await createCohort(shell, { name: "refused", source: { kind: "rule", rule: misspelt } });
    expect(result).toMatchObject({ ok: false, code: "invalid" });
  });
});

describe("rights", () => {
  const source = { kind: "csv", csv: table("chexpert,a.png,well", "chexpert,b.png,ill") } as const;

  it.each([
    { role: "reader", manages: false, views: false },
    { role: "adjudicator", manages: false, views: true },
    { role: "scientist", manages: true, views: true },
  ] as const)("of a $role: views $views, makes $manages", async ({ role, manages, views }) => {
    const person = await personWith(role);
    expect((await createCohort(person, { name: `of a ${role}`, source })).ok).toBe(manages);
    expect((await listCohorts(person, {})).ok).toBe(views);
    expect((await showCohort(person, { cohort: "by table" })).ok).toBe(views);
  });

  it("a foreign id is not found", async () => {
    expect(await showCohort(shell, { cohort: 999_999 })).toMatchObject({ ok: false, code: "not-found" });
  });
});

function withClasses(
  names: readonly [string, string],
  first: CohortRuleInput["classes"][number]["where"] = {},
): CohortRuleInput {
  return {
    classes: [
      { name: names[0], where: first },
      { name: names[1], where: {} },
    ],
  };
}
