import sharp from "sharp";
import { drawOverlay, type OverlayMap } from "@/server/ml/colour-map";

type Size = { readonly width: number; readonly height: number };

/** Longest side of an overlay in pixels: smooth when it is stretched over the film, small on the wire. */
const longest = 512;

/**
 * A saliency map as a transparent PNG in the film's aspect: bilinear between the cells of the network's last grid,
 * perceptual colours, the more opaque the more it counted. Drawn without the engine.
 * @param values float32 row by row, as they are stored
 */
export async function saliencyPicture(
  map: Omit<OverlayMap, "values">,
  values: Buffer,
  film: Size,
): Promise<Buffer> {
  const { width, height } = pictureSize(film);
  const pixels = drawOverlay(
    { ...map, values: new Float32Array(new Uint8Array(values).buffer) },
    width,
    height,
  );
  return sharp(pixels, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer();
}

/** Nothing on a film is of this colour. */
const lungColour = [64, 200, 255] as const;
const fillOpacity = 0.35;

/**
 * A lung mask as a transparent PNG in the film's aspect: its area tinted, its border drawn.
 * @param mask a grey picture, light where there is lung
 */
export async function lungMaskPicture(mask: Buffer, film: Size): Promise<Buffer> {
  const { width, height } = pictureSize(film);
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
  return sharp(pixels, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer();
}

function pictureSize(film: Size): Size {
  const scale = longest / Math.max(film.width, film.height);
  return {
    width: Math.max(1, Math.round(film.width * scale)),
    height: Math.max(1, Math.round(film.height * scale)),
  };
}
