import type { ImageRow } from "@/server/images/browse/schema";

const sexes = { F: "F", M: "M", unknown: "sex unknown" } as const;

/** "AP · F, 68 years", as far as it is known. */
export function factsOf({ view, sex, age }: Pick<ImageRow, "view" | "sex" | "age">): string {
  return `${view} · ${sexes[sex]}, ${age === null ? "age unknown" : `${age} years`}`;
}
