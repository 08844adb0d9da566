import { sameLabels, stateAt } from "@/server/labels/states";
import type { Finding } from "@/server/labels/vocabulary";
import type { Known, Submitted } from "@/server/reading/schema";

/** One who says something of a study; `title` heads a narrow column. */
export type Side = { readonly title: string; readonly name: string; readonly labels: string };

/** My read beside the source, other reads (three at most) and, where it differs from mine, the current label. */
export function sidesOf({ labels: mine, known }: Pick<Submitted, "labels" | "known">): readonly Side[] {
  return [
    { title: "me", name: "My read", labels: mine },
    { title: "source", name: "Source label", labels: known.source },
    ...known.others.slice(0, 3).map(({ reader, kind, labels }) => ({
      title: kind === "adjudication" ? "adj." : initials(reader),
      name: reader,
      labels,
    })),
    ...(sameLabels(known.current, mine)
      ? []
      : [{ title: "now", name: `Current label, ${known.origin}`, labels: known.current }]),
  ];
}

/** Whether they do not all say the same of a finding. */
export function sidesDiffer(sides: readonly Side[], { position }: Finding): boolean {
  const [first, ...others] = sides.map(({ labels }) => stateAt(labels, position));
  return others.some((state) => state !== first);
}

/** "3 differ from the source" */
export function difference(findings: readonly Finding[], mine: string, known: Known): string {
  const count = findings.filter(
    ({ position }) => stateAt(mine, position) !== stateAt(known.source, position),
  ).length;
  if (count === 0) return "as the source";
  return `${count} ${count === 1 ? "differs" : "differ"} from the source`;
}

/** "Dr. Adam Judge" → "AJ" */
function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}+$/u.test(word));
  return words.length === 0
    ? name.slice(0, 2)
    : words
        .map((word) => word[0])
        .join("")
        .slice(0, 3);
}
