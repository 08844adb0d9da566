export { type LeakReason, leakReasons } from "@/server/db/schema/split-facts";

/** The sides of a split, in the order in which they are stored and shown. */
export const parts = ["train", "validation", "test"] as const;
export type Part = (typeof parts)[number];

export const strategies = ["random", "patient"] as const;
export type Strategy = (typeof strategies)[number];

export const stratifications = ["class", "class-source", "none"] as const;
export type Stratify = (typeof stratifications)[number];

/** Whole percentages per part, which add up to 100. */
export type Shares = Readonly<Record<Part, number>>;

/** `60/20/20`, for people and for the command line. */
export function sharesText(shares: Shares): string {
  return parts.map((part) => shares[part]).join("/");
}

/** Reads `60/20/20`; null where it is not three whole numbers. Whether they add up is the input's check. */
export function parseShares(text: string): Shares | null {
  const match = /^\s*(\d{1,3})\s*\/\s*(\d{1,3})\s*\/\s*(\d{1,3})\s*$/.exec(text);
  if (!match) return null;
  return { train: Number(match[1]), validation: Number(match[2]), test: Number(match[3]) };
}

/**
 * How many of `count` each part gets: whole numbers by largest remainder. A tie goes to test, then to
 * validation: they are the small parts, where one image more helps most.
 * @returns per part, in the order of `parts`; adds up to `count`
 */
export function allot(count: number, shares: Shares): readonly [number, number, number] {
  const exact = parts.map((part) => (count * shares[part]) / 100);
  const allotted = exact.map(Math.floor);
  let left = count - allotted.reduce((sum, value) => sum + value, 0);
  const byRemainder = [2, 1, 0].sort((a, b) => remainder(exact, b) - remainder(exact, a));
  for (const part of byRemainder) {
    if (left === 0) break;
    allotted[part] = (allotted[part] ?? 0) + 1;
    left -= 1;
  }
  return [allotted[0] ?? 0, allotted[1] ?? 0, allotted[2] ?? 0];
}

/** Rounded, so that 26.4 and 26.400000000000002 tie. */
function remainder(exact: readonly number[], part: number): number {
  const value = exact[part] ?? 0;
  return Math.round((value - Math.floor(value)) * 1e9);
}

/** A name for the mended twin that is not taken: `x, mended`, `x, mended 2`, … */
export function mendedName(name: string, taken: (name: string) => boolean): string {
  const base = `${name}, mended`;
  for (let number = 1; ; number++) {
    const proposed = number === 1 ? base : `${base} ${number}`;
    if (!taken(proposed)) return proposed;
  }
}
