import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { drawPhantom } from "./phantom";
import type { PlannedFilm } from "./plan/film";

const filmsAtOnce = 4;

/** Draws and writes all films; a film and its copies are written together. */
export async function writeFilms(
  folder: string,
  films: readonly PlannedFilm[],
  onProgress: (done: number) => void,
): Promise<void> {
  const folders = new Set(films.map((film) => path.dirname(path.join(folder, film.file))));
  await Promise.all([...folders].map((each) => mkdir(each, { recursive: true })));
  const copies = Map.groupBy(films, (film) => film.copyOf);
  const originals = copies.get(undefined) ?? [];
  const queue = originals.values();
  let done = 0;
  const threads = sharp.concurrency();
  // Many small pictures at once: one thread for each, not each spread over all cores.
  sharp.concurrency(1);
  try {
    await Promise.all(
      Array.from({ length: filmsAtOnce }, async () => {
        for (const film of queue) {
          const same = [film, ...(copies.get(film.path) ?? [])];
          await writeSame(folder, same);
          done += same.length;
          onProgress(done);
        }
      }),
    );
  } finally {
    sharp.concurrency(threads);
  }
}

async function writeSame(folder: string, [first, ...copies]: readonly PlannedFilm[]): Promise<void> {
  if (!first) return;
  const format = first.file.endsWith(".png") ? "png" : "jpeg";
  const bytes = await drawPhantom({ ...first.spec, format });
  await writeFile(path.join(folder, first.file), bytes);
  for (const copy of copies) {
    const sameFormat = copy.file.endsWith(".png") === (format === "png");
    await writeFile(path.join(folder, copy.file), sameFormat ? bytes : await reencoded(bytes));
  }
}

/** Other bytes, the same pixels: PNG loses nothing of what the JPEG decodes to. */
function reencoded(bytes: Buffer): Promise<Buffer> {
  return sharp(bytes).toColourspace("b-w").png({ compressionLevel: 4 }).toBuffer();
}
