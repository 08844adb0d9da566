import { describe, expect, it } from "vitest";
import { type ImageFiltersInput, imageFilters } from "./schema";
import { filtersOfSearch, isUnfiltered, searchOfFilters } from "./search";

const selections: readonly (readonly [string, ImageFiltersInput, string])[] = [
  ["nothing", {}, ""],
  ["two datasets", { datasets: ["chexpert", "covid"] }, "dataset=chexpert%2Ccovid"],
  ["a comma inside a name", { datasets: ["a,b", "50%"] }, "dataset=a%252Cb%2C50%2525"],
  [
    "findings with several states",
    {
      findings: [
        { finding: "Pneumonia", states: ["uncertain", "positive"] },
        { finding: "No Finding", states: ["unmentioned"] },
      ],
    },
    "finding=Pneumonia%3Auncertain.positive%2CNo+Finding%3Aunmentioned",
  ],
  ["an open age range", { age: { from: 65, to: null } }, "age=65-"],
  ["a split's part", { split: { id: 3, parts: ["test"] } }, "split=3&part=test"],
  [
    "sex, reading, film and text",
    { sexes: ["F"], readStates: ["unread"], film: "here", text: "patient0" },
    "sex=F&read=unread&film=here&q=patient0",
  ],
];

describe("filters in the URL", () => {
  it.each(selections)("%s survives a reload", (_, input, search) => {
    const filters = imageFilters.parse(input);
    expect(searchOfFilters(filters)).toBe(search);
    expect(filtersOfSearch(Object.fromEntries(new URLSearchParams(search)))).toEqual(filters);
  });

  it.each([
    ["a state that does not exist", { finding: "Pneumonia:maybe" }],
    ["a finding without a state", { finding: "Pneumonia" }],
    ["an age that is none", { age: "forty-fifty" }],
    ["a split that is no number", { split: "1 or 1=1" }],
    ["a part without its split", { part: "test" }],
    ["a sex that the table does not know", { sex: "X" }],
    ["a key twice", { dataset: ["a", "b"] }],
    ["an age range the wrong way round", { age: "70-20" }],
  ])("%s is as if it were not there", (_, params) => {
    expect(isUnfiltered(filtersOfSearch(params))).toBe(true);
  });
});
