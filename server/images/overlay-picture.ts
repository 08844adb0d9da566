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

function pictureSize(film: Size): Size {
  const scale = longest / Math.max(film.width, film.height);
  return {
    width: Math.max(1, Math.round(film.width * scale)),
    height: Math.max(1, Math.round(film.height * scale)),
  };
}
