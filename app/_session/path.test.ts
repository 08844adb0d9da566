import { expect, it } from "vitest";
import { safeReturn } from "./path";

it.each([
  ["/images?view=PA&finding=Edema", "/images?view=PA&finding=Edema"],
  ["/", "/"],
  [null, "/"],
  ["", "/"],
  ["https://evil.example/", "/"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["/\tevil", "/"],
  ["/ /evil.example", "/"],
  ["javascript:alert(1)", "/"],
  ["/sign-in?from=/sign-in", "/"],
])("after signing in, %j leads to %j", (from, target) => {
  expect(safeReturn(from)).toBe(target);
});
