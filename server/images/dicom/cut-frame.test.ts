import { expect, it } from "vitest";
import { phantom } from "./dicom.fixture";
import { parseDicom } from "./parse-dicom";
import { readDicom } from "./read-dicom";
import references from "./reference/films.json" with { type: "json" };

/** A film by pydicom whose one frame ends with a marker, as the phantom with a part of that frame. */
function withPartOfFrame(file: Buffer, part: number, tail: Buffer): Buffer | null {
  const { syntax } = parseDicom(file);
  const begin = ["ffd8ff", "ff4fff51"].map((mark) => file.lastIndexOf(mark, "hex")).find((at) => at > 0);
  if (syntax.pixels !== "encapsulated" || begin === undefined) return null;
  const whole = file.subarray(begin, file.lastIndexOf("ffd9", "hex") + 2);
  return withFrame(file, Buffer.concat([whole.subarray(0, Math.round(whole.length * part)), tail]));
}

/** The phantom with this coded frame in the shape of a film by pydicom. */
function withFrame(file: Buffer, frame: Buffer): Buffer {
  const { header, syntax } = parseDicom(file);
  const shape = ["00280010", "00280011", "00280100", "00280101", "00280102"].map((tag) => {
    return [tag, { vr: "US", Value: [header.uint16(`x${tag}`) ?? 0] }] as const;
  });
  const pixels = { vr: "OB", Value: [Uint8Array.from(frame).buffer] };
  return phantom({ ...Object.fromEntries(shape), "7FE00010": pixels }, syntax.uid);
}

const coded = references.flatMap(({ name, file }) => {
  const bytes = Buffer.from(file, "base64");
  const cut = (part: number) => withPartOfFrame(bytes, part, Buffer.alloc(0));
  const [whole, padded] = [cut(1), withPartOfFrame(bytes, 1, Buffer.alloc(6))];
  const parts = [0.98, 0.5].map(cut).filter((film) => film !== null);
  return whole && padded ? [{ name, bytes, whole, padded, parts }] : [];
});

it("every codec that has an end marker is tried", () => {
  expect(coded.map(({ name }) => name)).toEqual([
    "8 bits, JPEG baseline",
    "JPEG lossless",
    "JPEG-LS",
    "JPEG-LS near-lossless",
    "JPEG 2000 lossless",
    "JPEG 2000",
    "extended offset table",
  ]);
});

it.each(coded)("a frame is said to be cut short: $name", async ({ bytes, whole, padded, parts }) => {
  const { pixelSha256 } = (await readDicom(bytes)).film;
  expect((await readDicom(whole)).film.pixelSha256).toBe(pixelSha256);
  expect((await readDicom(padded)).film.pixelSha256).toBe(pixelSha256);
  expect(parts).toHaveLength(2);
  for (const part of parts) {
    await expect(readDicom(part)).rejects.toMatchObject({
      failure: { code: "invalid", message: expect.stringMatching(/^its .* frame is cut short$/) },
    });
  }
});

it.each(["JPEG 2000 lossless", "JPEG 2000"])(
  "an end marker behind a part hides nothing: %s",
  async (name) => {
    const { bytes } = coded.find((one) => one.name === name) ?? {};
    for (const part of [0.98, 0.5]) {
      const film = bytes && withPartOfFrame(bytes, part, Buffer.from("ffd9", "hex"));
      await expect(readDicom(film ?? Buffer.alloc(0))).rejects.toThrow(/frame is cut short$/);
    }
  },
);

it.each(["RLE, 12 bits", "RLE, 8 bits"])(
  "a segment that gives too few bytes is cut short: %s",
  async (name) => {
    const file = Buffer.from(references.find((one) => one.name === name)?.file ?? "", "base64");
    const begin = file.lastIndexOf("feff00e0", "hex") + 8;
    const frame = file.subarray(begin, file.lastIndexOf("feffdde0", "hex"));
    expect((await readDicom(withFrame(file, frame))).film.pixelSha256).toBe(
      (await readDicom(file)).film.pixelSha256,
    );
    const misplaced = Buffer.from(frame);
    misplaced.writeUInt32LE(frame.length + 40, 4);
    for (const wrong of [frame.subarray(0, Math.round(frame.length / 2)), misplaced]) {
      await expect(readDicom(withFrame(file, wrong))).rejects.toThrow(
        /^its RLE Lossless frame is cut short$/,
      );
    }
  },
);
