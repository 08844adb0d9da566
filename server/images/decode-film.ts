import { createHash } from "node:crypto";
import sharp, { type Metadata } from "sharp";
import { ExpectedFailure, messageOf } from "@/server/lib/errors";

// Many small films at once beat many threads on one (sharp's own advice for servers).
sharp.concurrency(1);
sharp.cache(false);

const limits = { minSide: 32, maxSide: 16_000, maxPixels: 100e6 } as const;
const thumbnailSide = 256;

export type DecodedFilm = {
  /** SHA-256 of the decoded pixels, see `pixelHash`. */
  readonly pixelSha256: string;
  readonly mediaType: "image/jpeg" | "image/png";
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  /** Bits per sample: 8 or 16. */
  readonly bitDepth: 8 | 16;
  /** WebP, 256 pixels at the longer side, never enlarged. */
  readonly thumbnail: Buffer;
};

/**
 * Decodes one film and makes its thumbnail.
 * @throws ExpectedFailure("invalid") with the reason: no JPEG or PNG, cut short, under 32 or over 16,000 pixels
 * a side, over 100 million pixels, CMYK
 */
export async function decodeFilm(bytes: Buffer): Promise<DecodedFilm> {
  const mediaType = mediaTypeOf(bytes);
  if (!mediaType) throw refused("not a JPEG or PNG file, whatever its name says");
  const metadata = await metadataOf(bytes);
  const problem = problemOf(metadata);
  if (problem) throw refused(problem);
  const bitDepth = metadata.depth === "ushort" ? 16 : 8;
  try {
    const image = sharp(bytes, { failOn: "truncated", limitInputPixels: limits.maxPixels }).autoOrient();
    if (metadata.hasAlpha) image.flatten({ background: "#000" });
    if (bitDepth === 16) image.toColourspace(metadata.channels < 3 ? "grey16" : "rgb16");
    const { data, info } = await image
      .raw({ depth: bitDepth === 16 ? "ushort" : "uchar" })
      .toBuffer({ resolveWithObject: true });
    const channels = info.channels === 1 || allGrey(data, info.channels, bitDepth / 8) ? 1 : 3;
    const size = { width: info.width, height: info.height };
    return {
      ...size,
      mediaType,
      bitDepth,
      channels,
      pixelSha256: pixelHash(data, {
        ...size,
        channels,
        stored: info.channels,
        bytesPerSample: bitDepth / 8,
      }),
      thumbnail: await thumbnailOf(data, { ...size, channels: info.channels }, bitDepth),
    };
  } catch (error) {
    if (error instanceof ExpectedFailure) throw error;
    throw refused(`can't be decoded: ${shortened(error)}`, error);
  }
}

/** By the first bytes (ISO 10918-1 B.1.1.3; PNG specification 5.2), never by name. */
function mediaTypeOf(bytes: Buffer): DecodedFilm["mediaType"] | null {
  if (bytes.length > 3 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "image/jpeg";
  if (bytes.length > 8 && bytes.subarray(0, 8).equals(pngSignature)) return "image/png";
  return null;
}
const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

async function metadataOf(bytes: Buffer): Promise<Metadata> {
  try {
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (error) {
    throw refused(`can't be decoded: ${shortened(error)}`, error);
  }
}

function problemOf({ width, height, space, pages }: Metadata): string | null {
  if (Math.min(width, height) < limits.minSide) return `${width} × ${height} pixels is too small for a film`;
  if (Math.max(width, height) > limits.maxSide || width * height > limits.maxPixels) {
    return `${width} × ${height} pixels is too large for a film`;
  }
  if (space === "cmyk") return "its colours are for printing (CMYK)";
  if ((pages ?? 1) > 1) return "it holds several images";
  return null;
}

/** Grey films are often stored as colour with three equal samples. */
function allGrey(data: Buffer, channels: number, bytesPerSample: number): boolean {
  if (channels !== 3) return false;
  const step = 3 * bytesPerSample;
  for (let at = 0; at < data.length; at += step) {
    for (let byte = 0; byte < bytesPerSample; byte += 1) {
      const red = data[at + byte];
      if (red !== data[at + bytesPerSample + byte] || red !== data[at + 2 * bytesPerSample + byte])
        return false;
    }
  }
  return true;
}

type Pixels = {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly stored: number;
  readonly bytesPerSample: number;
};

/**
 * SHA-256 over "width x height x channels x bits" and the samples row by row (16-bit ones little-endian), upright, transparency on
 * black, grey films as one channel: the same film hashes alike however it is stored without loss.
 */
function pixelHash(data: Buffer, pixels: Pixels): string {
  const { width, height, channels, stored, bytesPerSample } = pixels;
  const hash = createHash("sha256").update(`${width}x${height}x${channels}x${bytesPerSample * 8}:`);
  if (stored === channels) return hash.update(data).digest("hex");
  const kept = Buffer.allocUnsafe(width * height * bytesPerSample);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (let byte = 0; byte < bytesPerSample; byte += 1) {
      kept[pixel * bytesPerSample + byte] = data[pixel * stored * bytesPerSample + byte] ?? 0;
    }
  }
  return hash.update(kept).digest("hex");
}

async function thumbnailOf(
  data: Buffer,
  raw: { width: number; height: number; channels: 1 | 2 | 3 | 4 },
  bitDepth: 8 | 16,
): Promise<Buffer> {
  // sharp takes 16-bit samples as such only from a typed array of that kind.
  const input = bitDepth === 16 ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2) : data;
  const image = sharp(input, { raw });
  // A 12-bit film in a 16-bit file would come out black: spread what is there over the 8 bits of a thumbnail.
  if (bitDepth === 16) image.normalise().toColourspace("srgb");
  return image
    .resize({
      width: thumbnailSide,
      height: thumbnailSide,
      fit: "inside",
      withoutEnlargement: true,
      kernel: "linear",
    })
    .webp({ quality: 78, effort: 0 })
    .toBuffer();
}

function refused(reason: string, cause?: unknown): ExpectedFailure {
  return new ExpectedFailure("invalid", reason, undefined, { cause });
}

function shortened(error: unknown): string {
  return messageOf(error).split("\n")[0]?.slice(0, 120) ?? "";
}
