import { describe, expect, it } from "vitest";
import { headerColumns, nameOfFile, tellsTheClass } from "./rules";

it.each([
  { text: "dataset,path,class\na,b,c", columns: ["dataset", "path", "class"] },
  { text: '\uFEFF"dataset";"path";"my class"\r\n', columns: ["dataset", "path", "my class"] },
  { text: "dataset\tpath", columns: ["dataset", "path"] },
  { text: "", columns: [] },
])("a header $text has the columns $columns", ({ text, columns }) => {
  expect(headerColumns(text)).toEqual(columns);
});

it("names a cohort after its file", () => {
  expect(nameOfFile("published-study.v2.csv")).toBe("published-study.v2");
});

describe("a property that tells the class by itself", () => {
  const count = (value: string, name: string, images = 1) => ({ value, class: name, images });

  it.each([
    { what: "one source per class", counts: [count("a", "ill"), count("b", "well")], tells: true },
    {
      what: "two sources of one class",
      counts: [count("a", "ill"), count("b", "well"), count("c", "well")],
      tells: true,
    },
    {
      what: "a source of both",
      counts: [count("a", "ill"), count("a", "well"), count("b", "well")],
      tells: false,
    },
    { what: "one source for all", counts: [count("a", "ill"), count("a", "well")], tells: false },
    {
      what: "a value that no image has",
      counts: [count("a", "ill"), count("a", "well", 0), count("b", "well")],
      tells: true,
    },
    { what: "one class", counts: [count("a", "ill"), count("b", "ill")], tells: false },
  ])("$what: $tells", ({ counts, tells }) => {
    expect(tellsTheClass(counts)).toBe(tells);
  });
});
