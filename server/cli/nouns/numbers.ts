import { InvalidArgumentError } from "commander";

/** Reads an id or a count from the shell. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError("It has to be a whole number.");
  return Number(text);
}

/** Reads a probability from the shell; that it lies in its range is the command's own check. */
export function decimal(text: string): number {
  if (!/^-?\d*\.?\d+$/.test(text)) throw new InvalidArgumentError("It has to be a number, as 0.5.");
  return Number(text);
}

/** Reads ids with commas between from the shell. */
export function wholeNumbers(text: string): number[] {
  return text.split(",").map((one) => wholeNumber(one.trim()));
}
