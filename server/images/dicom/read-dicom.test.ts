import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { decodeFilm } from "@/server/images/decode-film";
import { env } from "@/server/lib/env";
import { phantom, slope } from "./dicom.fixture";
import { shownValues } from "./display-film";
import { filmGrey } from "./film-grey";
import { frameShape } from "./frame-shape";
import { parseDicom } from "./parse-dicom";
import { readDicom } from "./read-dicom";
import { readSamples } from "./read-samples";
import references from "./reference/films.json" with { type: "json" };

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

async function opened(file: Uint8Array) {
  const dicom = parseDicom(file);
  const shape = frameShape(dicom.header);
  const stored = await readSamples(dicom, shape);
  return { shape, stored, grey: filmGrey(dicom.header, stored, shape.signed) };
}

// Files and expected values from pydicom 3.0.2 (reference/films.py).
describe.each(references)("a film: $name", ({ file, storedSha256, shown }) => {
  it("has the stored values that pydicom reads", async () => {
    const { stored, shape } = await opened(Buffer.from(file, "base64"));
    const wide = shape.signed ? Int16Array.from(stored) : Uint16Array.from(stored);
    expect(sha256(new Uint8Array(wide.buffer))).toBe(storedSha256);
  });

  it("is shown as pydicom's modality and VOI steps show it, white on black", async () => {
    const { shape, grey } = await opened(Buffer.from(file, "base64"));
    const values = shownValues(grey, shape.lowIsWhite).filter((_, at) => at % 97 === 0);
    expect(values.length).toBe(shown.length);
    for (const [at, value] of values.entries()) {
      expect(Math.abs(value - (shown[at] ?? Number.NaN))).toBeLessThan(0.51);
    }
  });
});

describe("a film and its copies", () => {
  it("hash alike as MONOCHROME1 and as its negative", async () => {
    const negative = slope.map((value) => 4095 - value);
    const one = await readDicom(phantom());
    const other = await readDicom(
      phantom({
        "00280004": { vr: "CS", Value: ["MONOCHROME1"] },
        "7FE00010": { vr: "OW", Value: [negative.buffer] },
      }),
    );
    expect(other.film.pixelSha256).toBe(one.film.pixelSha256);
    expect(sha256(other.display)).toBe(sha256(one.display));
  });

  it("of eight bits hash as the PNG of the same values", async () => {
    const found = references.find(({ name }) => name === "RLE, 8 bits");
    const dicom = await readDicom(Buffer.from(found?.file ?? "", "base64"));
    const { width, height } = dicom.film;
    const png = await sharp(dicom.pixels, { raw: { width, height, channels: 1 } })
      .png()
      .toBuffer();
    expect((await decodeFilm(png)).pixelSha256).toBe(dicom.film.pixelSha256);
  });
});

// torchxrayvision's test files; the sum is what pydicom decodes with GDCM and with Pillow.
const realPixels = "938432fbb18d79f48568dc5b1fb06ffd2ace4a4ded4bfc490c35981e58f053fb";
const folder = path.resolve(env().OVERREAD_SHARED, "data/dicom");
const real = [
  { name: "1.2.276.0.7230010.3.1.4.8323329.6904.1517875201.850819.dcm", lowIsWhite: false },
  { name: "Fake_MONOHR1.dcm", lowIsWhite: true },
] as const;
describe.skipIf(!existsSync(folder))("the real file", () => {
  it.each(real)(
    "$name is decoded as pydicom decodes it, and stands upright",
    async ({ name, lowIsWhite }) => {
      const bytes = readFileSync(path.join(folder, name));
      const { stored, shape } = await opened(bytes);
      expect(shape).toMatchObject({ width: 1024, height: 1024, bitsStored: 8, lowIsWhite });
      expect(sha256(new Uint8Array(stored.buffer))).toBe(realPixels);
      const { data } = await sharp((await readDicom(bytes)).display)
        .toColourspace("b-w")
        .raw()
        .toBuffer({ resolveWithObject: true });
      // Neither file has a window: its values, 0 to 254, span black and white.
      const middle = Math.round(((stored[512 * 1024 + 512] ?? 0) / 254) * 255);
      expect(data[512 * 1024 + 512]).toBe(lowIsWhite ? 255 - middle : middle);
    },
  );
});
