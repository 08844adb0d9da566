import type { SplitAudit } from "@/server/db/schema/split-facts";
import { expectedLeak } from "./expected-leak";
import type { Groups } from "./groups";
import { countLeaks } from "./leaks";
import type { Roster } from "./roster";
import { parts, type Shares } from "./rules";
import { nearestSiblings, type Sibling } from "./siblings";

/** Everything that an audit finds: the counts that are kept with the split, and each leak's pair. */
export function auditOf(
  roster: Roster,
  groups: Groups,
  partOf: Uint8Array,
  shares: Shares,
  datasetVersions: Readonly<Record<string, number>>,
): { readonly audit: SplitAudit; readonly siblings: readonly Sibling[] } {
  const siblings = nearestSiblings(roster, groups, partOf);
  return {
    siblings,
    audit: {
      ...countLeaks(roster, groups, partOf),
      reasons: reasonsOf(roster, partOf, siblings),
      expected: expectedLeak(roster, groups, shares),
      datasetVersions,
    },
  };
}

function reasonsOf(roster: Roster, partOf: Uint8Array, siblings: readonly Sibling[]): SplitAudit["reasons"] {
  const counts = new Map<string, { -readonly [Key in keyof Reason]: Reason[Key] }>();
  for (const { image, reason } of siblings) {
    const part = parts[partOf[image] ?? 0] ?? "train";
    const name = roster.classes[roster.classIndex[image] ?? 0] ?? "";
    const key = JSON.stringify([part, name, reason]);
    const known = counts.get(key);
    if (known) known.images += 1;
    else counts.set(key, { part, class: name, reason, images: 1 });
  }
  return [...counts.values()];
}
type Reason = SplitAudit["reasons"][number];
