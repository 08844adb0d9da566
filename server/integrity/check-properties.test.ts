import { describe, expect, it } from "vitest";
import { seededRandom } from "@/server/ml/random";
import { checkProperties } from "./check-properties";
import { type FilmFacts, filmProperties } from "./film-properties";
import type { PropertyName } from "./shortcut-schema";

const film: FilmFacts = {
  dataset: "a",
  view: "AP",
  sex: "F",
  age: 40,
  width: 390,
  height: 320,
  mediaType: "image/jpeg",
  channels: 1,
  bitDepth: 8,
  border: new Float32Array(15).fill(0.5),
};

describe("the kinds of film that a property tells apart", () => {
  const cases: readonly [PropertyName, Partial<FilmFacts>, string][] = [
    ["age", { age: 0 }, "under 18"],
    ["age", { age: 39 }, "18 to 39"],
    ["age", { age: 40 }, "40 to 59"],
    ["age", { age: 79 }, "60 to 79"],
    ["age", { age: 80 }, "80 and over"],
    ["age", { age: null }, "not said"],
    ["sex", { sex: "unknown" }, "not said"],
    ["view", { view: "" }, "not said"],
    ["size", {}, "390 × 320"],
    ["aspect", {}, "1.2"],
    ["format", { mediaType: "image/png", channels: 3, bitDepth: 16 }, "PNG, colour, 16 bits"],
    ["border", { border: new Float32Array(15).fill(1) }, "very bright"],
    ["border", { border: new Float32Array(15) }, "very dark"],
  ];
  it.each(cases)("%s of %o: %s", (name, facts, level) => {
    const property = filmProperties.find((one) => one.name === name);
    expect(property?.level({ ...film, ...facts })).toBe(level);
  });
});

describe("what tells the classes apart", () => {
  const random = seededRandom(3);
  const labels = Int32Array.from({ length: 200 }, (_, image) => image % 4 && 1);
  const facts = Array.from(
    labels,
    (label): FilmFacts => ({
      ...film,
      dataset: label === 0 ? "a" : "b",
      sex: random.uniform() < 0.5 ? "F" : "M",
      width: label === 0 ? 600 + random.int(900) : 390,
    }),
  );
  const films = {
    classes: ["ill", "well"],
    labels,
    groups: Int32Array.from(labels, (_, image) => Math.floor(image / 8)),
    folds: { of: Uint8Array.from(labels, (_, image) => Math.floor(image / 8) % 5), count: 5 },
    seed: 1,
  };
  const checks = new Map([...checkProperties(facts, films)].map((check) => [check.name, check]));

  it("the source and the size do, wholly", () => {
    expect(checks.get("dataset")?.cramersV).toBeCloseTo(1, 12);
    expect(checks.get("dataset")?.aucs).toEqual([{ class: "ill", auc: { value: 1, low: 1, high: 1 } }]);
    expect(checks.get("size")?.aucs[0]?.auc.value).toBe(1);
    expect(checks.get("size")?.levels[0]).toEqual({ level: "390 × 320", images: [0, 150] });
  });

  it("the sex does not: its interval holds ½; what all films share has no V", () => {
    const sex = checks.get("sex")?.aucs[0]?.auc;
    expect(sex?.low).toBeLessThan(0.5);
    expect(sex?.high).toBeGreaterThan(0.5);
    expect(checks.get("format")).toMatchObject({ cramersV: null, aucs: [{ auc: { value: 0.5 } }] });
  });

  it("of three classes each is told from the others", () => {
    const three = {
      ...films,
      classes: ["ill", "well", "worse"],
      labels: labels.map((label, at) => (at % 3 ? label : 2)),
    };
    const [dataset] = checkProperties(facts, three);
    expect(dataset?.aucs.map((one) => one.class)).toEqual(["ill", "well", "worse"]);
  });
});
