import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { plantStudies, shell } from "@/server/reading/reading.fixture";
import { testDatabase } from "@/server/testing/database";
import { chosenStudies } from "./worklist-query";

testDatabase();

describe("studies chosen in a shell", () => {
  it("by the filters of the images page, as its address has them", async () => {
    const studies = await plantStudies(["?", "+", "?"]);
    await database().execute(sql`update images set sex = 'F' where id = ${studies[0]?.imageId ?? 0}`);
    await database().execute(sql`update images set sex = 'M' where id <> ${studies[0]?.imageId ?? 0}`);
    const filters = "finding=No%20Finding:uncertain&sex=F";
    expect(valueIn(await chosenStudies(shell, { filters, limit: 5 }))).toEqual({
      query: { kind: "selection", images: [studies[0]?.imageId] },
      dataset: undefined,
      limit: 5,
      order: undefined,
    });
  });

  it.each([
    ["a filter that the page has not", { filters: "sx=F" }, /sx=F is no filter/],
    ["a value that it has not", { filters: "sex=F,X" }, /sex=F,X is no filter/],
    ["a state that is none", { filters: "finding=Pneumonia:perhaps" }, /is no filter/],
    ["both ways at once", { filters: "sex=F", kind: "random" }, /not both/],
    ["neither", {}, /--kind or --filters/],
    ["a kind that is none", { kind: "best-first" }, /best-first is none of/],
    ["label errors of nothing", { kind: "label-errors" }, /--check or --run/],
    ["label errors of two things", { kind: "label-errors", check: 1, run: 1 }, /--check or --run/],
    ["a rank that is none", { kind: "label-errors", check: 1, rank: "worst" }, /worst is none of/],
  ] as const)("are refused for %s", async (_, options, message) => {
    const chosen = await chosenStudies(shell, options);
    expect(chosen).toMatchObject({ ok: false, code: "invalid", message: expect.stringMatching(message) });
  });
});
