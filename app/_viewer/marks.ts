import type { Point, Size } from "./film-geometry";
import type { FilmPicture } from "./film-picture";

/** Two points of a film, in its pixels. */
export type Line = { readonly from: Point; readonly to: Point };
export type Shape = "line" | "rectangle" | "ellipse";

export type Tone = "first" | "second" | "third";

/** What is drawn over a film. A rectangle or an ellipse fills the box between its two points. */
export type Mark = Line & {
  readonly id: string;
  readonly shape: Shape;
  /** What stands beside it. */
  readonly text: string;
  /** Whose it is, by colour and dashes; nobody's in particular without one. */
  readonly tone?: Tone;
  /** Not what is being looked at. */
  readonly faint?: boolean;
};

type Spacing = FilmPicture["spacing"];

/** Between two points: millimetres where the header tells the spacing, else pixels. */
export function distance({ from, to }: Line, spacing: Spacing): number {
  const { x, y } = spacing ?? { x: 1, y: 1 };
  return Math.hypot((to.x - from.x) * x, (to.y - from.y) * y);
}

/** "143 mm", or "620 px" where nobody knows how long a pixel is. */
export function lengthText(line: Line, spacing: Spacing): string {
  const length = distance(line, spacing);
  const digits = spacing && length < 100 ? 1 : 0;
  return `${length.toFixed(digits)} ${spacing ? "mm" : "px"}`;
}

/**
 * Cardiothoracic ratio: the heart's widest diameter over the chest's inner one (Danzer, Am J Med Sci 1919). Null
 * for a chest of no width.
 */
export function cardiothoracicRatio(heart: Line, chest: Line, spacing: Spacing): number | null {
  const width = distance(chest, spacing);
  return width > 0 ? distance(heart, spacing) / width : null;
}

/** Of words in twelve pixels: no letter of "chest 812 px · CTR 0.38" is wider. */
const letterWidth = 7;

/**
 * Words that would be cut off stand at the edge of the film's place instead: half a ratio tells nothing. Those of a
 * mark that is out of sight stay with it.
 */
export function wordsAt(
  { x, y }: Point,
  text: string,
  { width, height }: Size,
): Point & { readonly textAnchor: "start" | "end" } {
  const near = x > -10 && x < width + 10 && y > -10 && y < height + 10;
  if (!near) return { x, y, textAnchor: "start" };
  const inHeight = Math.min(height - 6, Math.max(14, y));
  const leaves = x + text.length * letterWidth > width;
  return leaves
    ? { x: width - 4, y: inHeight, textAnchor: "end" }
    : { x: Math.max(4, x), y: inHeight, textAnchor: "start" };
}

/** The box between two points, in tenths of a pixel. */
export function boxOf({ from, to }: Line): { x: number; y: number; width: number; height: number } {
  const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)].map(toTenths);
  const [right, bottom] = [Math.max(from.x, to.x), Math.max(from.y, to.y)].map(toTenths);
  return {
    x: x ?? 0,
    y: y ?? 0,
    width: toTenths((right ?? 0) - (x ?? 0)),
    height: toTenths((bottom ?? 0) - (y ?? 0)),
  };
}

const toTenths = (value: number) => Math.round(value * 10) / 10;
