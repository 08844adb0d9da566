import type { LabelSide } from "@/server/labels/schema";
import { type LabelState, labelStates } from "@/server/labels/states";

export type DifferencesSearch = {
  readonly from: LabelSide;
  readonly to: LabelSide;
  readonly finding: number | undefined;
  readonly change: { readonly from: LabelState; readonly to: LabelState } | undefined;
  readonly after: number | undefined;
};

/** What the address asks for; what it does not say or says wrongly is as it is at first. */
export function differencesOfSearch(search: Readonly<Record<string, string | undefined>>): DifferencesSearch {
  const finding = wholeNumber(search.finding);
  const [from, to] = (search.change ?? "")
    .split("-")
    .map((word) => labelStates.find((state) => state === word));
  return {
    from: sideOf(search.from) ?? "source",
    to: sideOf(search.to) ?? "current",
    finding: finding !== undefined && finding < 64 ? finding : undefined,
    change: finding !== undefined && from && to ? { from, to } : undefined,
    after: wholeNumber(search.after),
  };
}

/** The address of the page for this; a change of finding or sides begins the list again. */
export function searchOfDifferences({
  from,
  to,
  finding,
  change,
  after,
}: Partial<DifferencesSearch>): string {
  const query = new URLSearchParams();
  if (from !== undefined) query.set("from", wordOf(from));
  if (to !== undefined) query.set("to", wordOf(to));
  if (finding !== undefined) query.set("finding", String(finding));
  if (change) query.set("change", `${change.from}-${change.to}`);
  if (after !== undefined) query.set("after", String(after));
  return `/labels/differences?${query}`;
}

/** A side as a word of the address: a label set by its number. */
export function wordOf(side: LabelSide): string {
  return typeof side === "string" ? side : String(side.labelSet);
}

export function sideOf(word: string | undefined): LabelSide | undefined {
  if (word === "current" || word === "source") return word;
  const labelSet = wholeNumber(word);
  return labelSet === undefined || labelSet === 0 ? undefined : { labelSet };
}

function wholeNumber(word: string | undefined): number | undefined {
  return word !== undefined && /^\d{1,15}$/.test(word) ? Number(word) : undefined;
}
