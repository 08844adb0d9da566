import { consensusAt } from "@/server/labels/current-label";
import type { LabelHistory } from "@/server/labels/schema";
import { type LabelState, labelStates } from "@/server/labels/states";

/** Which step of the rule made the current value of a finding, in words. */
export function whyCurrent({ origin, standing, dataset }: LabelHistory, position: number): string {
  const reads = standing.filter(({ kind }) => kind === "read");
  switch (origin) {
    case "source":
      return `imported with ${dataset}`;
    case "read":
      return `the only read, ${reads[0]?.by ?? ""}’s`;
    case "adjudicated":
      return `adjudicated by ${standing.findLast(({ kind }) => kind === "adjudication")?.by ?? ""}`;
    case "consensus": {
      const { by, says } = consensusAt(
        reads.map(({ labels }) => labels),
        position,
      );
      const said = `${saidWords(says)} of ${reads.length} reads`;
      if (by === "majority") return `more than half: ${said}`;
      return by === "nobody sees it" ? `no majority, nobody sees it: ${said}` : `no majority: ${said}`;
    }
  }
}

function saidWords(says: Readonly<Record<LabelState, number>>): string {
  return labelStates
    .filter((state) => says[state] > 0)
    .map((state) => `${says[state]} ${state}`)
    .join(", ");
}
