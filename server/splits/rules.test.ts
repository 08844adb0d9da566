import { describe, expect, it } from "vitest";
import { parts as storedParts } from "@/server/db/schema";
import { allot, mendedName, parseShares, parts, sharesText } from "./rules";

it("numbers the parts as the database does", () => {
  expect(parts).toEqual(storedParts);
});

describe("shares", () => {
  it("are read from and written as 60/20/20", () => {
    expect(parseShares(" 60 / 20 / 20 ")).toEqual({ train: 60, validation: 20, test: 20 });
    expect(sharesText({ train: 60, validation: 20, test: 20 })).toBe("60/20/20");
  });

  it.each(["", "60/40", "60/20/20/0", "a/b/c", "-60/80/80", "33.3/33.3/33.4"])("are not %j", (text) => {
    expect(parseShares(text)).toBeNull();
  });
});

describe("allotting whole images", () => {
  const published = { train: 60, validation: 20, test: 20 };

  it.each([
    // 79.2, 26.4, 26.4: one is left over, and test has the tie.
    { count: 132, shares: published, allotted: [79, 26, 27] },
    { count: 1360, shares: published, allotted: [816, 272, 272] },
    { count: 0, shares: published, allotted: [0, 0, 0] },
    { count: 1, shares: published, allotted: [1, 0, 0] },
    // 1.8, 0.6, 0.6: two are left over; the larger remainder first, then test.
    { count: 3, shares: published, allotted: [2, 0, 1] },
    { count: 7, shares: { train: 80, validation: 0, test: 20 }, allotted: [6, 0, 1] },
  ])("gives $allotted of $count", ({ count, shares, allotted }) => {
    expect(allot(count, shares)).toEqual(allotted);
  });

  it("always adds up and stays within one of the exact share", () => {
    for (let count = 0; count < 500; count++) {
      for (const shares of [published, { train: 34, validation: 33, test: 33 }]) {
        const allotted = allot(count, shares);
        expect(allotted.reduce((sum, value) => sum + value, 0)).toBe(count);
        parts.forEach((part, index) => {
          expect(Math.abs((allotted[index] ?? 0) - (count * shares[part]) / 100)).toBeLessThan(1);
        });
      }
    }
  });
});

it("proposes a free name for the mended twin", () => {
  const taken = new Set(["random 42, mended", "random 42, mended 2"]);
  expect(mendedName("random 7", (name) => taken.has(name))).toBe("random 7, mended");
  expect(mendedName("random 42", (name) => taken.has(name))).toBe("random 42, mended 3");
});
