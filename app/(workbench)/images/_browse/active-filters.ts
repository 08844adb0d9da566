import type { ImageFilters, ReadState, Sex } from "@/server/images/browse/schema";
import type { LabelState } from "@/server/labels/states";
import type { ShownFinding } from "./types";

export type ActiveFilter = {
  readonly key: string;
  readonly words: string;
  /** Shown as shapes behind the words. */
  readonly states: readonly LabelState[];
  /** All filters but this one. */
  readonly without: ImageFilters;
};

export const sexWords: Record<Sex, string> = { F: "Female", M: "Male", unknown: "Sex unknown" };
export const readWords: Record<ReadState, string> = {
  unread: "Not read",
  read: "Read",
  adjudicated: "Adjudicated",
};
export const filmWords = { here: "Film here", absent: "No film here" } as const;

/** Every filter in force in words, with the filters that remain when it is taken away. */
export function activeFilters(
  filters: ImageFilters,
  findings: readonly ShownFinding[],
): readonly ActiveFilter[] {
  const shortName = (name: string) => findings.find((one) => one.name === name)?.shortName ?? name;
  const plain = (key: string, words: string, without: Partial<ImageFilters>): ActiveFilter => ({
    key,
    words,
    states: [],
    without: { ...filters, ...without },
  });
  const { age, split, film, text } = filters;
  return [
    ...filters.datasets.map((name) =>
      plain(`dataset ${name}`, name, { datasets: filters.datasets.filter((one) => one !== name) }),
    ),
    ...filters.findings.map(({ finding, states }) => ({
      ...plain(`finding ${finding}`, shortName(finding), {
        findings: filters.findings.filter((one) => one.finding !== finding),
      }),
      states,
    })),
    ...filters.views.map((view) =>
      plain(`view ${view}`, view, { views: filters.views.filter((one) => one !== view) }),
    ),
    ...filters.sexes.map((sex) =>
      plain(`sex ${sex}`, sexWords[sex], { sexes: filters.sexes.filter((one) => one !== sex) }),
    ),
    ...(age === null ? [] : [plain("age", ageWords(age), { age: null })]),
    ...(split === null ? [] : [plain("split", ["Split", ...split.parts].join(" · "), { split: null })]),
    ...filters.readStates.map((state) =>
      plain(`read ${state}`, readWords[state], {
        readStates: filters.readStates.filter((one) => one !== state),
      }),
    ),
    ...(film === null ? [] : [plain("film", filmWords[film], { film: null })]),
    ...(text === "" ? [] : [plain("text", `starts with “${text}”`, { text: "" })]),
  ];
}

/** "40–65 years", "from 65 years", "up to 20 years". */
function ageWords({ from, to }: { from: number | null; to: number | null }): string {
  if (from === null) return `up to ${to} years`;
  if (to === null) return `from ${from} years`;
  return from === to ? `${from} years` : `${from}–${to} years`;
}
