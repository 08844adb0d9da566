import { type LabelState, stateAt } from "@/server/labels/states";
import type { CaseRead } from "@/server/reading/adjudication-schema";
import type { Region } from "@/server/reading/schema";

type Drawn = readonly Region[];
type Reads = readonly Pick<CaseRead, "labels" | "regions">[];

export function sameRegion(one: Region, other: Region): boolean {
  const keys = ["image", "finding", "shape", "x", "y", "width", "height"] as const;
  return keys.every((key) => one[key] === other[key]);
}

export function isAmong(regions: Drawn, region: Region): boolean {
  return regions.some((one) => sameRegion(one, region));
}

/** Of a finding, what those who say `state` drew in the place of what other readers did; her own stay. */
export function withSide(regions: Drawn, reads: Reads, finding: number, state: LabelState): Drawn {
  const side = reads.filter(({ labels }) => stateAt(labels, finding) === state);
  return withReaders(regions, reads, finding, side);
}

/** The regions that the next reader drew of a finding in the place of the last one's; after the last, nobody's. */
export function keptNext(regions: Drawn, reads: Reads, finding: number): Drawn {
  const drew = reads.filter((read) => read.regions.some((region) => region.finding === finding));
  const kept = drew.findLastIndex((read) =>
    read.regions.some((region) => region.finding === finding && isAmong(regions, region)),
  );
  const next = kept < 0 ? drew[0] : drew[kept + 1];
  return withReaders(regions, reads, finding, next ? [next] : []);
}

/** Keeps one region or lets it go. */
export function toggled(regions: Drawn, region: Region): Drawn {
  return isAmong(regions, region) ? regions.filter((one) => !sameRegion(one, region)) : [...regions, region];
}

function withReaders(regions: Drawn, reads: Reads, finding: number, chosen: Reads): Drawn {
  const of = (some: Reads) => some.flatMap((read) => read.regions).filter((one) => one.finding === finding);
  const theirs = of(reads);
  // Two may have drawn the very same.
  const kept = of(chosen).filter((region, at, all) => all.findIndex((one) => sameRegion(one, region)) === at);
  return [...regions.filter((region) => !isAmong(theirs, region)), ...kept];
}
