import { desc } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Person } from "@/server/auth/actor";
import { valueOf as value } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { auditLog } from "@/server/db/schema";
import { characterOf, type LabelState } from "@/server/labels/states";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { type PlantedImage, plantMany, plantSplit } from "./images.fixture";
import { browseImages, countImages, imagePageKeys, listImages } from "./queries";
import { type ImageFiltersInput, type ImagePage, imageFilters, type SortOrder, splitParts } from "./schema";

testDatabase();

const position = { "No Finding": 0, Edema: 5, Pneumonia: 7 } as const;
let planted: readonly PlantedImage[];
let split: number;
let partOf: Map<number, number>;
let scientist: Person;
let reader: Person;

beforeAll(async () => {
  planted = await plantMany(1500);
  partOf = new Map(planted.filter(({ id }) => id % 2 === 0).map(({ id }) => [id, id % 3]));
  split = await plantSplit("halves", partOf);
  [scientist, reader] = [await personWith("scientist"), await personWith("reader")];
});

const selections: readonly (readonly [string, () => ImageFiltersInput])[] = [
  ["nothing", () => ({})],
  ["a dataset", () => ({ datasets: ["one"] })],
  ["a finding", () => ({ findings: [{ finding: "Pneumonia", states: ["uncertain"] }] })],
  ["blanks of a late finding", () => ({ findings: [{ finding: "Pneumonia", states: ["unmentioned"] }] })],
  [
    "two findings, one in two states",
    () => ({
      findings: [
        { finding: "Pneumonia", states: ["uncertain", "unmentioned"] },
        { finding: "Edema", states: ["positive"] },
      ],
    }),
  ],
  ["views", () => ({ views: ["AP", "Lateral"] })],
  ["a sex", () => ({ sexes: ["F"] })],
  ["an age range", () => ({ age: { from: 40, to: 60 } })],
  ["an open age range", () => ({ age: { from: 75, to: null } })],
  ["read states", () => ({ readStates: ["read", "adjudicated"] })],
  ["films that are here", () => ({ film: "here" })],
  ["a split", () => ({ split: { id: split, parts: [] } })],
  ["parts of a split", () => ({ split: { id: split, parts: ["test", "validation"] } })],
  ["a patient's id", () => ({ text: "p_12" })],
  ["a path with a wildcard's character", () => ({ text: "folder%/image7" })],
  ["a text that matches very many", () => ({ text: "folder" })],
  [
    "everything at once",
    () => ({
      datasets: ["two"],
      findings: [{ finding: "Edema", states: ["unmentioned", "negative"] }],
      views: ["PA", "AP"],
      sexes: ["F", "M"],
      age: { from: 10, to: 80 },
      split: { id: split, parts: ["train", "test"] },
      readStates: ["unread"],
      film: "absent",
      text: "folder",
    }),
  ],
];

describe("browsing", () => {
  it.each(selections)("by %s finds and counts what a plain count finds", async (_, make) => {
    const filters = imageFilters.parse(make());
    const { rows, total, patients, of, facets } = value(
      await browseImages(scientist, { filters, limit: 1000 }),
    );
    const passing = planted.filter((image) => refusals(image, filters).length === 0);
    expect(rows.map((row) => row.id)).toEqual(passing.slice(0, 1000).map(({ id }) => id));
    expect(total).toBe(passing.length);
    expect(patients).toBe(new Set(passing.map(({ patientId }) => patientId)).size);
    expect(of).toBe(planted.length);
    const plain = (facet: string, property: (image: PlantedImage) => unknown) =>
      countBy(
        planted.filter((image) => refusals(image, filters).every((one) => one === facet)).map(property),
      );
    const counted = (counts: readonly { value: unknown; images: number }[]) =>
      new Map(counts.filter(({ images }) => images > 0).map((count) => [count.value, count.images]));
    expect(counted(facets.views)).toEqual(plain("view", ({ view }) => view));
    expect(counted(facets.sexes)).toEqual(plain("sex", ({ sex }) => sex));
    expect(counted(facets.ages)).toEqual(plain("age", ({ age }) => age));
    expect(counted(facets.readStates)).toEqual(plain("readState", ({ readState }) => readState));
    expect(counted(facets.films)).toEqual(plain("film", filmOf));
    expect(counted(facets.datasets)).toEqual(plain("dataset", datasetOf));
    for (const [finding, place] of Object.entries(position)) {
      const states = facets.findings?.find((one) => one.finding === finding);
      const expected = plain(finding, ({ labels }) => labels.charAt(place) || ".");
      expect(states).toEqual({
        finding,
        positive: expected.get("+") ?? 0,
        negative: expected.get("-") ?? 0,
        uncertain: expected.get("?") ?? 0,
        unmentioned: expected.get(".") ?? 0,
      });
    }
    if (filters.split) {
      expect(counted(facets.parts ?? [])).toEqual(plain("part", partName));
    }
  });

  it.each<SortOrder>(["id", "youngest", "oldest", "uncertain"])(
    "pages by %s without gap or repeat",
    async (sort) => {
      const filters = { views: ["AP", "PA"] };
      const found: number[] = [];
      let after: string | null = null;
      do {
        const page: ImagePage = value(await listImages(scientist, { filters, sort, after, limit: 97 }));
        found.push(...page.rows.map((row) => row.id));
        after = page.next;
      } while (after !== null);
      const uncertain = ({ labels }: PlantedImage) => labels.split("?").length - 1;
      const rank: Record<SortOrder, (image: PlantedImage) => number> = {
        id: () => 0,
        youngest: ({ age }) => age ?? 999,
        oldest: ({ age }) => -(age ?? -1),
        uncertain: (image) => -uncertain(image),
      };
      const expected = planted
        .filter(({ view }) => filters.views.includes(view))
        .sort((a, b) => rank[sort](a) - rank[sort](b) || a.id - b.id);
      expect(found).toEqual(expected.map(({ id }) => id));
    },
  );

  it.each<SortOrder>(["id", "oldest"])("enters a list by %s at any page", async (sort) => {
    const { keys, size } = value(await imagePageKeys(scientist, { sort }));
    expect(keys).toHaveLength(Math.floor(planted.length / size));
    const whole = value(await listImages(scientist, { sort, limit: 1000 })).rows;
    const third = value(
      await listImages(scientist, { sort, after: keys[1], upTo: keys[2], limit: 1000 }),
    ).rows;
    expect(third).toEqual(whole.slice(2 * size, 3 * size));
  });

  it("leaves one audit row with the images of the page", async () => {
    const { rows } = value(await listImages(scientist, { limit: 5 }));
    const [entry] = await database().select().from(auditLog).orderBy(desc(auditLog.id)).limit(1);
    expect(entry).toMatchObject({
      action: "images.listed",
      actor: scientist.email,
      detail: { ids: rows.map((row) => row.id) },
    });
  });
});

describe("browsing refuses", () => {
  it.each([
    ["an unknown finding", { findings: [{ finding: "Gout", states: ["positive"] }] }, "invalid", /“Gout”/],
    ["an unknown dataset", { datasets: ["three"] }, "not-found", /“three”/],
    ["an unknown split", { split: { id: 999 } }, "not-found", /999/],
    [
      "a finding named twice",
      { findings: [1, 2].map(() => ({ finding: "Edema", states: ["positive"] })) },
      "invalid",
      /twice/,
    ],
    ["an age range the wrong way round", { age: { from: 70, to: 20 } }, "invalid", /above/],
  ] as const)("%s", async (_, filters, code, message) => {
    const result = await countImages(scientist, { filters: filters as ImageFiltersInput });
    expect(result).toMatchObject({ ok: false, code, message: expect.stringMatching(message) });
  });

  it("a state that is none", async () => {
    const states = ["maybe"] as unknown as LabelState[];
    const result = await listImages(scientist, { filters: { findings: [{ finding: "Edema", states }] } });
    expect(result).toMatchObject({ ok: false, code: "invalid" });
  });

  it("a key that is none", async () => {
    expect(await listImages(scientist, { after: "1; drop table images" })).toMatchObject({ code: "invalid" });
  });

  it("readers the labels: not in rows, not in counts, not by filter", async () => {
    const { rows, facets } = value(await browseImages(reader, {}));
    expect(rows.every((row) => row.labels === null)).toBe(true);
    expect(facets.findings).toBeNull();
    const byLabel = { findings: [{ finding: "Edema", states: ["positive" as const] }] };
    expect(await listImages(reader, { filters: byLabel })).toMatchObject({ code: "forbidden" });
    expect(await listImages(reader, { sort: "uncertain" })).toMatchObject({ code: "forbidden" });
    expect(await listImages(reader, { filters: { split: { id: split } } })).toMatchObject({
      code: "forbidden",
    });
  });
});

const filmOf = ({ objectSha256 }: PlantedImage) => (objectSha256 === null ? "absent" : "here");
const numberOf = ({ path }: PlantedImage) => Number(/image(\d+)/.exec(path)?.[1]);
const datasetOf = (image: PlantedImage) => (numberOf(image) % 3 === 0 ? "one" : "two");
const partName = ({ id }: PlantedImage) => splitParts[partOf.get(id) ?? -1];

/** Which filters refuse an image, found one by one. */
function refusals(image: PlantedImage, filters: ReturnType<typeof imageFilters.parse>): string[] {
  const { age, split: chosen } = filters;
  const among = <Value>(values: readonly Value[], value: Value) =>
    values.length === 0 || values.includes(value);
  const part = partName(image);
  const patient = `p_${Math.floor(numberOf(image) / 4)}`;
  const tests: Record<string, boolean> = {
    dataset: among(filters.datasets, datasetOf(image)),
    view: among(filters.views, image.view),
    sex: among(filters.sexes, image.sex),
    age: !age || (image.age !== null && image.age >= (age.from ?? 0) && image.age <= (age.to ?? 200)),
    readState: among(filters.readStates, image.readState),
    film: filters.film === null || filmOf(image) === filters.film,
    split: chosen === null || part !== undefined,
    part: chosen === null || part === undefined || among(chosen.parts, part),
    text: image.path.startsWith(filters.text) || patient.startsWith(filters.text),
  };
  for (const { finding, states } of filters.findings) {
    const character = image.labels.charAt(position[finding as keyof typeof position]) || ".";
    tests[finding] = states.some((state) => characterOf(state) === character);
  }
  return Object.keys(tests).filter((name) => !tests[name]);
}

function countBy(values: readonly unknown[]): Map<unknown, number> {
  const counts = new Map<unknown, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
