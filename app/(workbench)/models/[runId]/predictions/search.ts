import { parts } from "@/server/splits/rules";

export type PredictionChoice = {
  readonly part?: (typeof parts)[number] | undefined;
  readonly truth?: number | undefined;
  readonly predicted?: number | undefined;
  readonly after?: number | undefined;
};

/** The filters that the page's address asks for; what is not understood is left out. */
export function choiceOf(
  search: Readonly<Record<string, string | string[] | undefined>>,
  classes: number,
): PredictionChoice {
  const index = (value: string | string[] | undefined) => {
    const number = typeof value === "string" && value !== "" ? Number(value) : Number.NaN;
    return Number.isInteger(number) && number >= 0 && number < classes ? number : undefined;
  };
  const after = Number(search.after);
  return {
    part: parts.find((part) => part === search.part),
    truth: index(search.truth),
    predicted: index(search.predicted),
    after: Number.isInteger(after) && after > 0 ? after : undefined,
  };
}

/** The address with some filters changed; the place in the list is kept only where it is named. */
export function hrefWith(run: number, choice: PredictionChoice, change: PredictionChoice): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...choice, after: undefined, ...change })) {
    if (value !== undefined) search.set(name, String(value));
  }
  const text = search.toString();
  return `/models/${run}/predictions${text === "" ? "" : `?${text}`}`;
}
