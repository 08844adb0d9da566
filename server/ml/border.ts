import { toGrey } from "./grey";
import type { RawImage } from "./raw-image";
import { resizeBilinear } from "./resize";

/** What {@link borderStatistics} measures, in its order; levels from 0 (black) to 1 (white), shares of pixels. */
export const borderStatisticNames = [
  "top mean",
  "bottom mean",
  "left mean",
  "right mean",
  "top deviation",
  "bottom deviation",
  "left deviation",
  "right deviation",
  "top left corner",
  "top right corner",
  "bottom left corner",
  "bottom right corner",
  "black share",
  "white share",
  "mean",
] as const;

/** The film is looked at in this many pixels a side, and of these the outer `margin`: about 6% of each side. */
const side = 64;
const margin = 4;
/** Of 255: what counts as black and as white. */
const [black, white] = [8, 247];

/**
 * Fifteen numbers of a film's outer frame, where there is next to no lung: brightness and spread of each side,
 * the corners, how much is black and how much white, and the whole frame's mean.
 */
export function borderStatistics(film: RawImage): Float32Array {
  const { data } = resizeBilinear(toGrey(film), side, side);
  const within = (low: number, value: number, high: number) => value >= low && value < high;
  const [near, far] = [margin, side - margin];
  const levels = (inside: (x: number, y: number) => boolean) =>
    Array.from(data).filter((_, at) => inside(at % side, Math.floor(at / side)));
  const sides = [
    levels((_, y) => y < near),
    levels((_, y) => y >= far),
    levels((x) => x < near),
    levels((x) => x >= far),
  ];
  const corner = (left: boolean, top: boolean) =>
    levels(
      (x, y) => (left ? x < 2 * near : x >= side - 2 * near) && (top ? y < 2 * near : y >= side - 2 * near),
    );
  const frame = levels((x, y) => !within(near, x, far) || !within(near, y, far));
  const share = (counts: (level: number) => boolean) => frame.filter(counts).length / frame.length;
  return Float32Array.from([
    ...sides.map(mean),
    ...sides.map(deviation),
    ...[corner(true, true), corner(false, true), corner(true, false), corner(false, false)].map(mean),
    share((level) => level <= black),
    share((level) => level >= white),
    mean(frame),
  ]);
}

function mean(levels: readonly number[]): number {
  return levels.reduce((sum, level) => sum + level, 0) / levels.length / 255;
}

function deviation(levels: readonly number[]): number {
  const middle = mean(levels);
  return Math.sqrt(levels.reduce((sum, level) => sum + (level / 255 - middle) ** 2, 0) / levels.length);
}
