import { decodeGrey, type GreyPixels } from "./decode-grey";

export type GreyAsked = { readonly id: number; readonly file: Blob };
export type GreyAnswer =
  | ({ readonly id: number } & GreyPixels)
  | { readonly id: number; readonly problem: string };

// Beside the page: what is decoded ahead must not hold up a key.
self.addEventListener("message", async ({ data: { id, file } }: MessageEvent<GreyAsked>) => {
  try {
    const decoded = await decodeGrey(file);
    const answer: GreyAnswer = { id, ...decoded };
    self.postMessage(answer, { transfer: [decoded.pixels.buffer] });
  } catch (error) {
    const answer: GreyAnswer = { id, problem: String(error) };
    self.postMessage(answer);
  }
});
