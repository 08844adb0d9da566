import type { GreyRange } from "./film-settings";

/** What is known of a film once it is decoded. */
export type FilmPicture = {
  readonly width: number;
  readonly height: number;
  /** Millimetres per pixel, across and down, from the file's header; null where it names none. */
  readonly spacing: { readonly x: number; readonly y: number } | null;
  /** The window that the file asks for: the values that are shown black and white. */
  readonly grey: GreyRange;
  /** Low values are white (MONOCHROME1). */
  readonly lowIsWhite: boolean;
};
