import { line, type Point, stroke } from "./path";

// Strokes on a grid of 4 × 6: a font would make films differ from machine to machine.
const letters: Readonly<Record<string, readonly (readonly Point[])[]>> = {
  A: [
    [
      [0, 6],
      [2, 0],
      [4, 6],
    ],
    [
      [0.8, 4],
      [3.2, 4],
    ],
  ],
  H: [
    [
      [0, 0],
      [0, 6],
    ],
    [
      [4, 0],
      [4, 6],
    ],
    [
      [0, 3],
      [4, 3],
    ],
  ],
  L: [
    [
      [0, 0],
      [0, 6],
      [3.6, 6],
    ],
  ],
  M: [
    [
      [0, 6],
      [0, 0],
      [2, 3.4],
      [4, 0],
      [4, 6],
    ],
  ],
  N: [
    [
      [0, 6],
      [0, 0],
      [4, 6],
      [4, 0],
    ],
  ],
  O: [
    [
      [1.2, 0],
      [2.8, 0],
      [4, 1.4],
      [4, 4.6],
      [2.8, 6],
      [1.2, 6],
      [0, 4.6],
      [0, 1.4],
      [1.2, 0],
    ],
  ],
  P: [
    [
      [0, 6],
      [0, 0],
      [3, 0],
      [4, 1],
      [4, 2.4],
      [3, 3.4],
      [0, 3.4],
    ],
  ],
  R: [
    [
      [0, 6],
      [0, 0],
      [3, 0],
      [4, 1],
      [4, 2.4],
      [3, 3.4],
      [0, 3.4],
    ],
    [
      [1.8, 3.4],
      [4, 6],
    ],
  ],
  T: [
    [
      [0, 0],
      [4, 0],
    ],
    [
      [2, 0],
      [2, 6],
    ],
  ],
};

/** A word as strokes; `corner` is its upper left, `height` that of a capital. */
export function lettering(word: string, [left, top]: Point, height: number): string {
  const unit = height / 6;
  return [...word]
    .flatMap((letter, place) =>
      (letters[letter] ?? []).map((course) =>
        stroke(
          line(course.map(([x, y]): Point => [left + (place * 5.9 + x) * unit, top + y * unit])),
          unit * 0.95,
          1,
        ),
      ),
    )
    .join("");
}

/** Width of a word of `lettering`. */
export function letteringWidth(word: string, height: number): number {
  return ((word.length - 1) * 5.9 + 4) * (height / 6);
}
