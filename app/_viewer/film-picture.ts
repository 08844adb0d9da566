import type { GreyRange } from "./film-settings";

/** What is known of a film once it is decoded. */
export type FilmPicture = {
  readonly width: number;
  readonly height: number;
  /** Millimetres per pixel, across and down, from the file's header; null where it names none. */
  readonly spacing: { readonly x: number; readonly y: number } | null;
  /** The window that the file asks for: the values that are shown black and white. */
  readonly grey: GreyRange;
  /** Other windows that the file offers, in its order. */
  readonly otherWindows?: readonly GreyRange[];
  /** What the values above are of the samples: `sample * slope + intercept`; without it, they are the samples. */
  readonly rescale?: { readonly slope: number; readonly intercept: number };
  /** Between black and white along a sigmoid (PS3.3, C.11.2.1.3.1), not a line. */
  readonly sigmoid?: boolean;
  /** Of the samples; without it, eight bits without sign. */
  readonly depth?: { readonly bits: 8 | 16; readonly signed: boolean };
  /** Low values are white (MONOCHROME1). */
  readonly lowIsWhite: boolean;
};

export const eightBits = { bits: 8, signed: false } as const;

/** The samples that a range of values stands for; `turned` where higher samples are lower values. */
export function sampleRange(
  { rescale = { slope: 1, intercept: 0 } }: Pick<FilmPicture, "rescale">,
  { black, white }: GreyRange,
): { lower: number; upper: number; turned: boolean } {
  const sampleOf = (value: number) => (value - rescale.intercept) / rescale.slope;
  const [one, other] = [sampleOf(black), sampleOf(white)];
  return { lower: Math.min(one, other), upper: Math.max(one, other), turned: one > other };
}
