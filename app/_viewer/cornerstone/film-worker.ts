import { type DecodedFilm, decodeFilm, type FilmFile } from "./decode-film";

export type FilmAsked = FilmFile & { readonly id: number };
export type FilmAnswer =
  | ({ readonly id: number } & DecodedFilm)
  | { readonly id: number; readonly problem: string };

// Beside the page: what is decoded ahead must not hold up a key.
self.addEventListener("message", async ({ data: { id, file, kind } }: MessageEvent<FilmAsked>) => {
  try {
    const decoded = await decodeFilm({ file, kind });
    const answer: FilmAnswer = { id, ...decoded };
    self.postMessage(answer, { transfer: [decoded.pixels.buffer] });
  } catch (error) {
    const answer: FilmAnswer = { id, problem: String(error) };
    self.postMessage(answer);
  }
});
