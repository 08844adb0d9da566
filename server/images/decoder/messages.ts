import type { DecodedFilm } from "../decode-film";
import type { ReadDicom } from "../dicom/read-dicom";

/** What a file held. */
export type Decoded =
  | { readonly kind: "film"; readonly film: DecodedFilm }
  | { readonly kind: "dicom"; readonly dicom: ReadDicom };

/** From the pool to a decoder: one file, and what it is expected to be. */
export type DecodeRequest = {
  readonly id: number;
  readonly kind: Decoded["kind"];
  readonly bytes: Uint8Array;
};
/** Back: what it holds, why it is no film, or that the decoder itself is broken. */
export type DecodeAnswer = { readonly id: number } & (
  | { readonly decoded: Decoded }
  /** `spent`: the decoder is to decode no more. */
  | { readonly refused: string; readonly spent?: boolean }
  | { readonly broken: string }
);

/** A decoder beyond this ends itself: no film of up to 100 million pixels needs more. Bytes. */
export const mostMemory = 1.5e9;
export const memoryExitCode = 86;
