import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { storeFault } from "./store-fault";

test.runIf(existsSync("/dev/full"))(
  "a full disk is said as what it is, however deep the fault lies",
  async () => {
    const cause = await writeFile("/dev/full", "a checkpoint").catch((error: unknown) => error);
    for (const error of [cause, new Error("put", { cause })]) {
      expect(storeFault(error)).toBe(
        "The disk of the object store is full: make room there, and start this again.",
      );
    }
  },
);

test("any other fault is a crash, for another try", () => {
  expect(storeFault(new Error("of ours"))).toBeNull();
  expect(storeFault("no error at all")).toBeNull();
});
