import type { FilmPicture } from "../film-picture";
import { decodeGrey, type GreyPixels } from "./decode-grey";
import type { GreyAnswer, GreyAsked } from "./grey-worker";

/** Decodes a JPEG or PNG as the browser does, to one 8-bit grey channel, beside the page. */
export async function greyPicture(file: Blob): Promise<{ pixels: Uint8Array; picture: FilmPicture }> {
  const { pixels, width, height } = await decoded(file);
  const picture: FilmPicture = {
    width,
    height,
    spacing: null,
    grey: { black: 0, white: 255 },
    lowIsWhite: false,
  };
  return { pixels, picture };
}

type Waiting = { readonly file: Blob; resolve(pixels: Promise<GreyPixels> | GreyPixels): void };
const waiting = new Map<number, Waiting>();
let worker: Worker | "absent" | undefined;
let asked = 0;

function decoded(file: Blob): Promise<GreyPixels> {
  worker ??= startWorker();
  if (worker === "absent") return decodeGrey(file);
  const ask: GreyAsked = { id: ++asked, file };
  worker.postMessage(ask);
  return new Promise((resolve) => waiting.set(ask.id, { file, resolve }));
}

function startWorker(): Worker {
  const started = new Worker(new URL("./grey-worker.ts", import.meta.url), { type: "module" });
  started.addEventListener("message", ({ data }: MessageEvent<GreyAnswer>) => {
    const one = waiting.get(data.id);
    waiting.delete(data.id);
    one?.resolve("problem" in data ? Promise.reject(new Error(data.problem)) : data);
  });
  // Without its program (a connection that was gone, a policy of the house) the page decodes by itself.
  started.addEventListener("error", () => {
    worker = "absent";
    for (const { file, resolve } of waiting.values()) resolve(decodeGrey(file));
    waiting.clear();
  });
  return started;
}
