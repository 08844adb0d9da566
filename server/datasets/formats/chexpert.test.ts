import { expect, test } from "vitest";
import { chexpert } from "./chexpert";
import type { ParsedRow } from "./format";

const positions = new Map(
  [...chexpert.requiredColumns.slice(5), "COVID-19"].map((name, index) => [name, index]),
);

function parsed(cells: Readonly<Record<string, string>>, more: readonly string[] = []): ParsedRow {
  const columns = [...chexpert.requiredColumns, ...more];
  return chexpert.rowReader(columns, positions)(columns.map((name) => cells[name] ?? ""));
}

const Path = "CheXpert-v1.0/train/patient00001/study2/view1_frontal.jpg";

test.each([
  ["1.0", "+"],
  ["1", "+"],
  ["0.0", "-"],
  ["0", "-"],
  ["-1.0", "?"],
  ["-1", "?"],
  ["", "."],
  [" 1.0 ", "+"],
])("a cell %j is %s", (cell, state) => {
  const result = parsed({ Path, "No Finding": cell });
  expect(result.ok && result.row.labels.charAt(0)).toBe(state);
});

test("a column named like a finding of the vocabulary is one; another is kept", () => {
  const result = parsed({ Path, "COVID-19": "1.0", Reader: "A" }, ["COVID-19", "Reader"]);
  expect(result.ok && result.row.labels.charAt(14)).toBe("+");
  expect(result.ok && result.row.extra).toEqual({ Reader: "A" });
});

test("patient, study and its place in the time line come from the path", () => {
  expect(parsed({ Path, Sex: "Male", Age: "0" })).toMatchObject({
    row: { patient: "patient00001", study: "study2", sequence: 2, sex: "M", age: null },
  });
});

test.each([
  ["Frontal", "AP", "AP"],
  ["Frontal", "", "frontal"],
  ["Lateral", "", "lateral"],
  ["", "", "unknown"],
])("side %j and projection %j are the view %s", (side, projection, view) => {
  expect(parsed({ Path, "Frontal/Lateral": side, "AP/PA": projection })).toMatchObject({ row: { view } });
});

test("a folder named patient without a number is nobody's", () => {
  expect(parsed({ Path: "train/patient/study1/view1.jpg" })).toMatchObject({ row: { patient: null } });
});

test("films are looked for below the folder first, then one level higher and lower", () => {
  expect(chexpert.filesOf("a/b/c.jpg")).toEqual(["b/c.jpg", "a/b/c.jpg", "c.jpg"]);
});
