import sharp from "sharp";
import { ExpectedFailure, messageOf } from "@/server/lib/errors";
import { preprocess, type RawImage } from "@/server/ml/preprocess";
import type { PreprocessName } from "@/server/ml/preprocess-names";
import { objectStore } from "@/server/storage/open";

// One process per core does the work; sharp's own threads would only get in their way.
sharp.concurrency(1);

/**
 * A film from the object store as the network wants it: [size, size, channels].
 * @throws ExpectedFailure "invalid" that names the film which is gone or cannot be decoded
 */
export async function loadFilm(sha256: string, recipe: PreprocessName, size: number): Promise<Float32Array> {
  return preprocess(await decodeFilm(sha256), recipe, size);
}

/** A film's pixels. @throws ExpectedFailure "invalid" as {@link loadFilm} */
export async function decodeFilm(sha256: string): Promise<RawImage> {
  try {
    return await decode(await objectStore().get(sha256));
  } catch (cause) {
    const reason = messageOf(cause).split("\n")[0];
    throw new ExpectedFailure(
      "invalid",
      `The film ${sha256.slice(0, 12)}… cannot be used: ${reason}`,
      undefined,
      {
        cause,
      },
    );
  }
}

/** 8 bits a channel, upright, grey as one channel, transparency on black: as the film is shown. */
async function decode(bytes: Buffer): Promise<RawImage> {
  const image = sharp(bytes, { limitInputPixels: 100_000_000 }).autoOrient();
  const { channels, depth, hasAlpha } = await sharp(bytes).metadata();
  if (hasAlpha) image.flatten({ background: "#000" });
  // A 12-bit film in a 16-bit file would come out black: what is there is spread over the 8 bits.
  if (depth === "ushort") image.normalise();
  const { data, info } = await image
    .toColourspace(channels <= 2 ? "b-w" : "srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: info.channels === 1 ? 1 : 3, data };
}
