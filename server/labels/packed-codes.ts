import { characterOf, labelStates } from "./states";

/** Place of the last finding that a packed string can have, plus one. */
export const positions = 64;
export const states = labelStates.length;
/** Index of what a string says of a finding behind its end. */
export const silent = labelStates.indexOf("unmentioned");

const stateOfCode = new Uint8Array(128).fill(silent);
labelStates.forEach((state, index) => {
  stateOfCode[characterOf(state).charCodeAt(0)] = index;
});

/** Index of a state in `labelStates` by the code of its character, for loops over millions of them. */
export function indexOfCode(code: number): number {
  return stateOfCode[code] ?? silent;
}
