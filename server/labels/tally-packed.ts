import { indexOfCode, positions, silent, states } from "./packed-codes";
import { type LabelState, labelStates } from "./states";

const between = " ".charCodeAt(0);

/** How many of so many packed labels, with a space between each, have a finding in each state, by position. */
export function tallyPacked(packed: string, labels: number): Record<LabelState, number>[] {
  const counts = new Int32Array(positions * states);
  let position = 0;
  for (let at = 0; at < packed.length; at++) {
    const code = packed.charCodeAt(at);
    if (code === between) {
      position = 0;
      continue;
    }
    const state = indexOfCode(code);
    if (state !== silent) counts[position * states + state] = (counts[position * states + state] ?? 0) + 1;
    position += 1;
  }
  return Array.from({ length: positions }, (_, own) => {
    const of = (state: LabelState) => counts[own * states + labelStates.indexOf(state)] ?? 0;
    const [positive, negative, uncertain] = [of("positive"), of("negative"), of("uncertain")];
    return { positive, negative, uncertain, unmentioned: labels - positive - negative - uncertain };
  });
}
