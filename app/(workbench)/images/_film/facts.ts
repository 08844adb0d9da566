import type { ImageRow } from "@/server/images/browse/schema";

const sexes = { F: "F", M: "M", unknown: "sex unknown" } as const;

/** "AP · F, 68 years", as far as it is known. */
export function factsOf({ view, sex, age }: Pick<ImageRow, "view" | "sex" | "age">): string {
  return `${view} · ${sexes[sex]}, ${age === null ? "age unknown" : `${age} years`}`;
}

/** "study3", "study3, day 14"; a study that is named by its day says it once. */
export function studyWords({
  study,
  dayOffset,
}: {
  readonly study: string;
  readonly dayOffset: number | null;
}): string {
  return dayOffset === null || /day/i.test(study) ? study : `${study}, day ${dayOffset}`;
}
