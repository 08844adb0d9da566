import { afterAll, expect, it } from "vitest";
import { decoderPool } from "../decoder/pool";
import { readDicom } from "./read-dicom";
import references from "./reference/films.json" with { type: "json" };

// Films by pydicom; what is broken stands between the begin of the frame's code and its end marker.
const pool = decoderPool({ processes: 1, patienceMs: 20_000 });
afterAll(() => pool.close());

const film = (name: string) => {
  const found = references.find((one) => one.name === name);
  if (!found) throw new Error(`there is no reference film ${name}`);
  return Buffer.from(found.file, "base64");
};
const outcomeOf = (file: Buffer): Promise<string> =>
  pool.readDicom(file).then(
    () => "read",
    (error: Error) => error.message,
  );

/** Up to eight bytes of the frame's last two thirds turned, the same for the same seed. */
function broken(file: Buffer, seed: number): Buffer {
  let state = seed;
  const next = (most: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % most;
  };
  const copy = Buffer.from(file);
  const begin = file.lastIndexOf("feff00e0", "hex") + 8;
  const length = file.length - begin;
  for (let change = 0; change <= next(8); change += 1) {
    const at = begin + Math.floor(length / 3) + next(Math.floor(length / 2));
    copy[at] = (copy[at] ?? 0) ^ (1 + next(255));
  }
  return copy;
}

it.each([
  ["JPEG-LS", /^its JPEG-LS Lossless frame can't be decoded$|^read$/],
  ["JPEG-LS near-lossless", /^its JPEG-LS Near-lossless frame can't be decoded$|^read$/],
  ["JPEG 2000 lossless", /^its JPEG 2000 Lossless frame can't be decoded$|another size|cut short$|^read$/],
  ["RLE, 12 bits", /^its RLE Lossless frame is cut short$|^read$/],
])(
  "a frame broken inside hangs nobody and spoils no film behind it: %s",
  async (name, fits) => {
    const whole = film(name);
    const { pixelSha256 } = (await readDicom(whole)).film;
    const files = Array.from({ length: 4 }, (_, seed) => broken(whole, seed + 1));
    const [outcomes, behind] = await Promise.all([
      Promise.all(files.map(outcomeOf)),
      pool.readDicom(whole).then((read) => read.film.pixelSha256),
    ]);
    for (const outcome of outcomes) expect(outcome).toMatch(fits);
    expect(behind).toBe(pixelSha256);
  },
  60_000,
);
