import type { DecodedFilm } from "../decode-film";

/** From the pool to a decoder: one file. */
export type DecodeRequest = { readonly id: number; readonly bytes: Uint8Array };
/** Back: the film, why it is none, or that the decoder itself is broken. */
export type DecodeAnswer = { readonly id: number } & (
  | { readonly film: DecodedFilm }
  | { readonly refused: string }
  | { readonly broken: string }
);

/** A decoder beyond this ends itself: no film of up to 100 million pixels needs more. Bytes. */
export const mostMemory = 1.5e9;
export const memoryExitCode = 86;
