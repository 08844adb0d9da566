import { createHash } from "node:crypto";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { decodeFilm } from "./decode-film";

const [width, height] = [60, 40];
/** A film of our own: a gradient with some texture, one sample a pixel. */
const samples = Buffer.from(
  Array.from({ length: width * height }, (_, at) => (3 * (at % width) + (at % 7)) % 256),
);
const grey = () => sharp(samples, { raw: { width, height, channels: 1 } });
const threeEqual = () =>
  sharp(Buffer.from([...samples].flatMap((value) => [value, value, value])), {
    raw: { width, height, channels: 3 },
  });
const flat = (w: number, h: number) =>
  sharp({ create: { width: w, height: h, channels: 3, background: "#777" } }).toColourspace("b-w");

/** The definition, worked out by hand: `pixelHash` may not be asked about itself. */
const hashOf = (header: string, data: Buffer) =>
  createHash("sha256")
    .update(Buffer.concat([Buffer.from(header), data]))
    .digest("hex");

describe("a film", () => {
  it("is hashed by its pixels: size, channels, bits, samples row by row", async () => {
    const film = await decodeFilm(await grey().png().toBuffer());
    expect(film).toMatchObject({ mediaType: "image/png", width, height, channels: 1, bitDepth: 8 });
    expect(film.pixelSha256).toBe(hashOf("60x40x1x8:", samples));
  });

  it.each([
    ["packed otherwise", () => grey().png({ compressionLevel: 0 }).toBuffer()],
    ["as three equal colours", () => threeEqual().png().toBuffer()],
    ["with an opaque fourth", () => threeEqual().ensureAlpha().png().toBuffer()],
    ["with a colour profile", () => threeEqual().withIccProfile("p3", { attach: true }).png().toBuffer()],
  ])("hashes alike %s", async (what, make) => {
    if (what.includes("profile")) {
      const stored = await sharp(await make(), { ignoreIcc: true })
        .raw()
        .toBuffer();
      expect((await decodeFilm(await make())).pixelSha256).toBe(
        (
          await decodeFilm(
            await sharp(stored, { raw: { width, height, channels: 3 } })
              .png()
              .toBuffer(),
          )
        ).pixelSha256,
      );
      return;
    }
    expect((await decodeFilm(await make())).pixelSha256).toBe(hashOf("60x40x1x8:", samples));
  });

  it("hashes alike turned upright and with a note that it lies on its side", async () => {
    const upright = await decodeFilm(await grey().rotate(90).png().toBuffer());
    const lying = await decodeFilm(await grey().withMetadata({ orientation: 6 }).png().toBuffer());
    expect(lying).toMatchObject({ width: height, height: width, pixelSha256: upright.pixelSha256 });
  });

  it("hashes otherwise when one sample differs, or the same samples have another shape", async () => {
    const other = Buffer.from(samples);
    other[1234] = (other[1234] ?? 0) ^ 1;
    const hashes = [
      await decodeFilm(await grey().png().toBuffer()),
      await decodeFilm(
        await sharp(other, { raw: { width, height, channels: 1 } })
          .png()
          .toBuffer(),
      ),
      await decodeFilm(
        await sharp(samples, { raw: { width: height, height: width, channels: 1 } })
          .png()
          .toBuffer(),
      ),
    ].map((film) => film.pixelSha256);
    expect(new Set(hashes).size).toBe(3);
  });

  it("keeps its colours where it has any", async () => {
    const film = await decodeFilm(
      await sharp({ create: { width: 40, height: 40, channels: 3, background: "#a33" } })
        .png()
        .toBuffer(),
    );
    expect(film.channels).toBe(3);
  });

  it("keeps 16 bits, and shows a 12-bit range in its thumbnail", async () => {
    const twelve = Uint16Array.from({ length: width * height }, (_, at) => (at * 4095) / (width * height));
    const file = await sharp(twelve, { raw: { width, height, channels: 1 } })
      .toColourspace("grey16")
      .png()
      .toBuffer();
    const film = await decodeFilm(file);
    expect(film).toMatchObject({ bitDepth: 16, channels: 1 });
    expect(film.pixelSha256).toBe(hashOf("60x40x1x16:", Buffer.from(twelve.buffer)));
    // 12 bits in 16 would be below 16 of 255 throughout.
    const { channels } = await sharp(Buffer.from(film.thumbnail)).stats();
    expect(channels[0]?.max).toBeGreaterThan(200);
    expect(channels[0]?.min).toBeLessThan(40);
  });

  it("gets a WebP thumbnail of 256 pixels at the longer side, never enlarged", async () => {
    const large = await decodeFilm(await flat(1000, 500).jpeg().toBuffer());
    expect(await sharp(Buffer.from(large.thumbnail)).metadata()).toMatchObject({
      format: "webp",
      width: 256,
      height: 128,
    });
    const small = await decodeFilm(await grey().jpeg().toBuffer());
    expect(await sharp(Buffer.from(small.thumbnail)).metadata()).toMatchObject({ width, height });
  });
});

describe("refused", () => {
  it.each([
    [
      "a page that calls itself a film",
      async () => Buffer.from("<!doctype html><p>not found"),
      /not a JPEG or PNG/,
    ],
    ["an SVG", async () => Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), /not a JPEG or PNG/],
    ["a WebP", () => grey().webp().toBuffer(), /not a JPEG or PNG/],
    ["an empty file", async () => Buffer.alloc(0), /not a JPEG or PNG/],
    ["a signature and nothing else", async () => Buffer.from("89504e470d0a1a0a", "hex"), /can't be decoded/],
    ["a JPEG that is cut short", async () => half(await texture().jpeg().toBuffer()), /can't be decoded/],
    ["a PNG that is cut short", async () => half(await texture().png().toBuffer()), /can't be decoded/],
    ["1 × 1", () => flat(1, 1).jpeg().toBuffer(), /1 × 1 pixels is too small/],
    ["31 pixels high", () => flat(100, 31).png().toBuffer(), /too small/],
    ["20,000 pixels wide", () => flat(20_000, 40).jpeg().toBuffer(), /20000 × 40 pixels is too large/],
    ["over 100 million pixels", () => flat(10_100, 10_000).png().toBuffer(), /too large/],
    ["CMYK", () => threeEqual().toColourspace("cmyk").jpeg().toBuffer(), /CMYK/],
  ])("%s", async (_, make, reason) => {
    await expect(decodeFilm(await make())).rejects.toMatchObject({
      failure: { code: "invalid", message: expect.stringMatching(reason) },
    });
  });

  it("nothing of the allowed extremes: 32 pixels, 16,000 pixels", async () => {
    expect(await decodeFilm(await flat(16_000, 32).png().toBuffer())).toMatchObject({
      width: 16_000,
      height: 32,
    });
  });
});

/** Large enough that half of its file is half of its rows. */
function texture() {
  const noise = Buffer.from(Array.from({ length: 300 * 300 }, (_, at) => (at * 7919) % 251));
  return sharp(noise, { raw: { width: 300, height: 300, channels: 1 } });
}

function half(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.length / 2);
}
