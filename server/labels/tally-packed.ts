import { characterOf, type LabelState, labelStates } from "./states";

/** Place of the last finding that a string can have, plus one. */
const positions = 64;
const states = labelStates.length;
const between = " ".charCodeAt(0);
/** Index of a state by the code of its character; what says nothing is not counted. */
const stateOfCode = new Int8Array(128).fill(-1);
labelStates.forEach((state, index) => {
  if (state !== "unmentioned") stateOfCode[characterOf(state).charCodeAt(0)] = index;
});

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
    const state = stateOfCode[code] ?? -1;
    if (state >= 0) counts[position * states + state] = (counts[position * states + state] ?? 0) + 1;
    position += 1;
  }
  return Array.from({ length: positions }, (_, own) => {
    const of = (state: LabelState) => counts[own * states + labelStates.indexOf(state)] ?? 0;
    const [positive, negative, uncertain] = [of("positive"), of("negative"), of("uncertain")];
    return { positive, negative, uncertain, unmentioned: labels - positive - negative - uncertain };
  });
}
