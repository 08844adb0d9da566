import { expect, test } from "vitest";
import { covidChestxray } from "./covid-chestxray";

const columns = [...covidChestxray.requiredColumns, "date"];
const read = covidChestxray.rowReader(
  columns,
  new Map(["No Finding", "Pneumonia", "COVID-19"].map((name, at) => [name, at])),
);
const parsed = (cells: Readonly<Record<string, string>>) =>
  read(columns.map((name) => ({ filename: "a.jpg", ...cells })[name] ?? ""));

// No Finding, Pneumonia, COVID-19; nothing is ever said to be absent.
test.each([
  ["COVID-19", ".++"],
  ["COVID-19, ARDS", ".++"],
  ["Streptococcus", ".+."],
  ["SARS", ".+."],
  ["No Finding", "+.."],
  ["ARDS", "..."],
  ["", "..."],
])("the finding %j is packed as %s", (finding, labels) => {
  expect(parsed({ finding })).toMatchObject({ row: { labels } });
});

test("the films of one day are one study, before the first day too", () => {
  expect(parsed({ patientid: "2", offset: "-3" })).toMatchObject({
    row: { patient: "2", study: "day -3", sequence: -3, dayOffset: -3 },
  });
});

test.each(["", "?", "n/a", "None", "unknown", "nan"])("the patient id %j is nobody's", (patientid) => {
  expect(parsed({ patientid })).toMatchObject({ row: { patient: null } });
});

test.each([
  [{ age: "forty" }, /age.*forty/],
  [{ sex: "X" }, /sex.*X/],
  [{ offset: "soon" }, /offset.*soon/],
])("%j is refused with its reason", (cells, reason) => {
  expect(parsed(cells)).toMatchObject({ ok: false, reason: expect.stringMatching(reason) });
});

test("a film lies in the folder that its row names, else in images", () => {
  expect(parsed({ folder: "volumes" })).toMatchObject({ row: { path: "volumes/a.jpg" } });
  expect(parsed({})).toMatchObject({ row: { path: "images/a.jpg" } });
});
