import { blankPolicies, type LabelPolicy, uncertainPolicies } from "@/server/labels/policy";

/** What the address chooses; CheXpert's authors' own choice for most findings without it. */
export function policyOfSearch(search: Readonly<Record<string, string | undefined>>): LabelPolicy {
  return {
    uncertain: uncertainPolicies.find((policy) => policy === search.uncertain) ?? "U-Ones",
    blank: blankPolicies.find((policy) => policy === search.blank) ?? "negative",
  };
}

export function searchOfPolicy(policy: LabelPolicy, set: string | undefined): string {
  return `/labels/policies?${new URLSearchParams({ ...policy, ...(set ? { set } : {}) })}`;
}

/** The form of a cohort by rule, filled with a finding under this policy. */
export function cohortOfPolicy(policy: LabelPolicy, finding: string, set: string | undefined): string {
  const query = { from: "rule", of: finding, ...policy, ...(set ? { set } : {}) };
  return `/cohorts/new?${new URLSearchParams(query)}`;
}
