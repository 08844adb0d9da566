import { expect, it } from "vitest";
import { keptAttributes } from "@/server/images/dicom/attributes";
import profile from "./reference/profile.json" with { type: "json" };

// Table E.1-1 of PS3.15 as dicom-anonymizer 2.1.0 has it (reference/profile.py).
it("nothing that the profile removes, replaces or empties is kept as it is", () => {
  const treated = new Set(Object.values(profile).flat());
  expect(treated.size).toBeGreaterThan(600);
  expect(keptAttributes.map(({ tag }) => tag).filter((tag) => treated.has(tag))).toEqual([]);
});
