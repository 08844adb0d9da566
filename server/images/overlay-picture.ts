import sharp from "sharp";
import { drawOverlay, type OverlayMap } from "@/server/ml/colour-map";
import { objectStore } from "@/server/storage/open";

type Size = { readonly width: number; readonly height: number };

/** What lies over a film. Who has the picture of this tag has no need that it is drawn again. */
export type Overlay = {
  readonly etag: string;
  /** A transparent PNG in the film's aspect. */
  draw(): Promise<Buffer>;
};

/** To be raised when anything is drawn otherwise than before: browsers keep what they have under an old tag. */
const manner = 1;
const tagOf = (sha256: string, { width, height }: Size) => `${sha256}-${width}x${height}-${manner}`;

/** Longest side of an overlay in pixels: smooth when it is stretched over the film, small on the wire. */
const longest = 512;

/**
 * A stored saliency map: bilinear between the cells of the network's last grid, perceptual colours, the more opaque
 * the more it counted. Drawn without the engine.
 * @param sha256 float32 row by row
 */
export function saliencyOverlayOf(map: Omit<OverlayMap, "values">, sha256: string, film: Size): Overlay {
  return {
    etag: tagOf(sha256, film),
    async draw() {
      const { width, height } = pictureSize(film);
      const stored = await objectStore().get(sha256);
      const values = new Float32Array(new Uint8Array(stored).buffer);
      return pngOf(drawOverlay({ ...map, values }, width, height), { width, height });
    },
  };
}

/** Nothing on a film is of this colour. */
const lungColour = [64, 200, 255] as const;
const fillOpacity = 0.35;

/**
 * A stored lung mask: its area tinted, its border drawn.
 * @param sha256 a grey picture, light where there is lung
 */
export function lungOverlayOf(sha256: string, film: Size): Overlay {
  return {
    etag: tagOf(sha256, film),
    draw: async () => lungPicture(await objectStore().get(sha256), pictureSize(film)),
  };
}

async function lungPicture(mask: Buffer, { width, height }: Size): Promise<Buffer> {
  const grey = await sharp(mask)
    .resize({ width, height, fit: "fill" })
    .toColourspace("b-w")
    .extractChannel(0)
    .raw()
    .toBuffer();
  const isLung = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && (grey[y * width + x] ?? 0) >= 128;
  const pixels = Buffer.alloc(width * height * 4);
  for (let at = 0; at < width * height; at += 1) {
    const [x, y] = [at % width, Math.floor(at / width)];
    if (!isLung(x, y)) continue;
    const inside = isLung(x - 1, y) && isLung(x + 1, y) && isLung(x, y - 1) && isLung(x, y + 1);
    pixels.set([...lungColour, inside ? Math.round(255 * fillOpacity) : 255], at * 4);
  }
  return pngOf(pixels, { width, height });
}

const pngOf = (pixels: Uint8Array, size: Size): Promise<Buffer> =>
  sharp(pixels, { raw: { ...size, channels: 4 } })
    .png()
    .toBuffer();

function pictureSize(film: Size): Size {
  const scale = longest / Math.max(film.width, film.height);
  return {
    width: Math.max(1, Math.round(film.width * scale)),
    height: Math.max(1, Math.round(film.height * scale)),
  };
}
