import type { ImageFilters } from "@/server/images/browse/schema";
import { filtersOfSearch } from "@/server/images/browse/search";
import { type LabelPolicy, labelPolicy, statesThatAre } from "@/server/labels/policy";
import type { LabelState } from "@/server/labels/states";

/** What the form holds at first. */
export type FirstRule = {
  readonly classes: readonly { readonly name: string; readonly where: ImageFilters }[];
  readonly policy: LabelPolicy | undefined;
  readonly labelSet: string | undefined;
};

export const noFilters: ImageFilters = filtersOfSearch({});

/** From the page of policies a finding's classes under one; from the images page its filters as the first class. */
export function firstRule(
  search: Readonly<Record<string, string | string[] | undefined>>,
  filters: ImageFilters,
): FirstRule {
  const policy = labelPolicy.safeParse({ uncertain: search.uncertain, blank: search.blank });
  const labelSet = typeof search.set === "string" ? search.set : undefined;
  if (!policy.success || typeof search.of !== "string") {
    const classes = [filters, noFilters].map((where) => ({ name: "", where }));
    return { classes, policy: undefined, labelSet };
  }
  const finding = search.of;
  const states = (["positive", "negative", "uncertain"] as const).filter(
    (state) => statesThatAre(policy.data, state).length > 0,
  );
  const classes = states.map((state: LabelState) => ({
    name: state === "positive" ? finding : `${finding} ${state}`,
    where: { ...noFilters, findings: [{ finding, states: [state] }] },
  }));
  return { classes, policy: policy.data, labelSet };
}
