import type { PropertyName } from "./shortcut-schema";

/** What is known of a film beside what it shows of the lungs. */
export type FilmFacts = {
  readonly dataset: string;
  readonly view: string;
  readonly sex: string;
  readonly age: number | null;
  /** As it is seen, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly mediaType: string;
  readonly channels: number;
  readonly bitDepth: number;
  /** See `borderStatistics`, of which the last is the mean brightness. */
  readonly border: Float32Array;
};

export type FilmProperty = {
  readonly name: PropertyName;
  /** For Cramér's V and the table: which of a few kinds a film is of. */
  level(film: FilmFacts): string;
  /** What a predictor is given; without it, the level itself, one column each. */
  numbers?(film: FilmFacts): readonly number[];
};

/** Nothing of this is lung: a class that it tells can be told without looking at one. */
export const filmProperties: readonly FilmProperty[] = [
  { name: "dataset", level: (film) => film.dataset },
  { name: "view", level: (film) => film.view || "not said" },
  { name: "sex", level: (film) => (film.sex === "unknown" ? "not said" : film.sex) },
  { name: "age", level: ({ age }) => (age === null ? "not said" : ageBand(age)) },
  {
    name: "size",
    level: ({ width, height }) => `${width} × ${height}`,
    numbers: ({ width, height }) => quadratic(Math.log(width), Math.log(height)),
  },
  {
    name: "aspect",
    level: ({ width, height }) => (Math.round((width / height) * 10) / 10).toFixed(1),
    numbers({ width, height }) {
      const ratio = Math.log(width / height);
      return [ratio, ratio ** 2];
    },
  },
  {
    name: "format",
    level: ({ mediaType, channels, bitDepth }) =>
      `${mediaType === "image/png" ? "PNG" : "JPEG"}, ${channels === 1 ? "grey" : "colour"}, ${bitDepth} bits`,
  },
  {
    name: "border",
    level: ({ border }) => brightness(border.at(-1) ?? 0),
    numbers: ({ border }) => Array.from(border),
  },
];

/** Both sides, their squares and their product: with them a predictor can single out one size. */
function quadratic(a: number, b: number): number[] {
  return [a, b, a * a, b * b, a * b];
}

function ageBand(age: number): string {
  if (age < 18) return "under 18";
  if (age >= 80) return "80 and over";
  const low = age < 40 ? 18 : Math.floor(age / 20) * 20;
  return `${low} to ${age < 40 ? 39 : low + 19}`;
}

/** Mean of the border in fifths from black to white. */
function brightness(mean: number): string {
  const fifth = Math.min(Math.floor(mean * 5), 4);
  return ["very dark", "dark", "middling", "bright", "very bright"][fifth] ?? "";
}
