import { type DecodedFilm, decodeFilm, type FilmFile } from "./decode-film";
import type { FilmAnswer, FilmAsked } from "./film-worker";

type Waiting = { readonly film: FilmFile; resolve(decoded: Promise<DecodedFilm> | DecodedFilm): void };
const waiting = new Map<number, Waiting>();
let worker: Worker | "absent" | undefined;
let asked = 0;

/** Decodes a film beside the page, whose keys go on meanwhile. */
export function decodeBeside(film: FilmFile): Promise<DecodedFilm> {
  worker ??= startWorker();
  if (worker === "absent") return decodeFilm(film);
  const ask: FilmAsked = { id: ++asked, ...film };
  worker.postMessage(ask);
  return new Promise((resolve) => waiting.set(ask.id, { film, resolve }));
}

function startWorker(): Worker {
  const started = new Worker(new URL("./film-worker.ts", import.meta.url), { type: "module" });
  started.addEventListener("message", ({ data }: MessageEvent<FilmAnswer>) => {
    const one = waiting.get(data.id);
    waiting.delete(data.id);
    one?.resolve("problem" in data ? Promise.reject(new Error(data.problem)) : data);
  });
  // Without its program (a connection that was gone, a policy of the house) the page decodes by itself.
  started.addEventListener("error", () => {
    worker = "absent";
    for (const { film, resolve } of waiting.values()) resolve(decodeFilm(film));
    waiting.clear();
  });
  return started;
}
