import sharp, { type Metadata, type Raw, type Sharp } from "sharp";
import { ExpectedFailure, messageOf } from "@/server/lib/errors";
import { filmLimits, filmProblem } from "./film-limits";
import { greyOf, pixelHash } from "./pixels";

// Films are decoded side by side in processes of their own: one thread each, and nothing kept for later.
sharp.concurrency(1);
sharp.cache(false);

const thumbnailSide = 256;

export type DecodedFilm = {
  /** SHA-256 of the decoded pixels, see `pixelHash`. */
  readonly pixelSha256: string;
  readonly mediaType: "image/jpeg" | "image/png";
  /** As seen, that is, turned as the file asks. */
  readonly width: number;
  readonly height: number;
  /** 1 for grey, also where a file repeats it in three colours. */
  readonly channels: 1 | 3;
  /** Bits per sample: 8 or 16, and what a DICOM file says. */
  readonly bitDepth: number;
  /** WebP, 256 pixels at the longer side, never enlarged. */
  readonly thumbnail: Uint8Array;
};

/**
 * Decodes one film and makes its thumbnail.
 * @throws ExpectedFailure("invalid") with the reason: no JPEG or PNG, cut short, under 32 or over 16,000 pixels
 * a side, over 100 million pixels, CMYK, several images
 */
export async function decodeFilm(bytes: Buffer): Promise<DecodedFilm> {
  const mediaType = mediaTypeOf(bytes);
  if (!mediaType) throw refused("not a JPEG or PNG file, whatever its name says");
  try {
    const metadata = await sharp(bytes, { limitInputPixels: false }).metadata();
    const problem = problemOf(metadata);
    if (problem) throw refused(problem);
    const { data, info } = await samplesOf(bytes, metadata);
    const bytesPerSample = metadata.depth === "ushort" ? 2 : 1;
    const grey = greyOf(data, info.channels, bytesPerSample);
    const channels = grey ? 1 : 3;
    const { width, height } = info;
    const pixels = { data: grey ?? data, width, height, channels, bytesPerSample } as const;
    return {
      mediaType,
      width,
      height,
      channels,
      bitDepth: bytesPerSample === 2 ? 16 : 8,
      pixelSha256: pixelHash(pixels),
      thumbnail: await thumbnailOfSamples(pixels.data, { width, height, channels }, bytesPerSample),
    };
  } catch (error) {
    if (error instanceof ExpectedFailure) throw error;
    throw refused(`can't be decoded: ${shortened(error)}`, error);
  }
}

/** By the first bytes (ISO 10918-1 B.1.1.3; PNG specification 5.2), never by name. */
function mediaTypeOf(bytes: Buffer): DecodedFilm["mediaType"] | null {
  if (bytes.subarray(0, 3).toString("hex") === "ffd8ff") return "image/jpeg";
  if (bytes.subarray(0, 8).toString("hex") === "89504e470d0a1a0a") return "image/png";
  return null;
}

function problemOf({ width, height, space, pages }: Metadata): string | null {
  const problem = filmProblem(width, height);
  if (problem) return problem;
  // What grey its inks make depends on the press; no X-ray system writes such a file.
  if (space === "cmyk") return "its colours are inks for printing (CMYK)";
  return (pages ?? 1) > 1 ? "it holds several images" : null;
}

/** The samples as the file holds them: turned upright, transparency on black, no colour profile applied. */
async function samplesOf(bytes: Buffer, { depth, hasAlpha, space }: Metadata) {
  const image = sharp(bytes, {
    failOn: "truncated",
    limitInputPixels: filmLimits.maxPixels,
    ignoreIcc: true,
    sequentialRead: true,
  }).autoOrient();
  if (hasAlpha) image.flatten({ background: "#000" });
  const isGrey = space === "b-w" || space === "grey16";
  if (depth === "ushort") image.toColourspace(isGrey ? "grey16" : "rgb16");
  else image.toColourspace(isGrey ? "b-w" : "srgb");
  return image.raw({ depth: depth === "ushort" ? "ushort" : "uchar" }).toBuffer({ resolveWithObject: true });
}

async function thumbnailOfSamples(data: Buffer, raw: Raw, bytesPerSample: 1 | 2): Promise<Uint8Array> {
  // sharp takes 16-bit samples as such only from a typed array of that kind.
  const samples =
    bytesPerSample === 2 ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2) : data;
  const image = sharp(samples, { raw });
  // A 12-bit film in a 16-bit file would come out black: spread what is there over the 8 bits of a thumbnail.
  if (bytesPerSample === 2) image.normalise().toColourspace("srgb");
  return smallFilm(image);
}

/** The thumbnail of a film in eight bits. */
export function thumbnailOf(film: Buffer): Promise<Uint8Array> {
  return smallFilm(sharp(film));
}

function smallFilm(image: Sharp): Promise<Uint8Array> {
  const side = { width: thumbnailSide, height: thumbnailSide };
  return image
    .resize({ ...side, fit: "inside", withoutEnlargement: true, kernel: "linear" })
    .webp({ quality: 78, effort: 0 })
    .toBuffer();
}

function refused(reason: string, cause?: unknown): ExpectedFailure {
  return new ExpectedFailure("invalid", reason, undefined, { cause });
}

function shortened(error: unknown): string {
  return messageOf(error).split("\n")[0]?.slice(0, 120) ?? "";
}
