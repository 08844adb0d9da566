import sharp from "sharp";
import type { Pose } from "../pose";

/** One grey map of a film. */
export type Layer = { readonly width: number; readonly height: number; readonly grey: Uint8Array };

/** From anatomy units to the film's pixels. */
export type Projection = { readonly width: number; readonly height: number; readonly pose: Pose };

/** `share` of the film's size that is enough for a layer; `blur` in anatomy units. */
export type Fineness = { readonly share: number; readonly blur: number };

/** Draws a fragment, and one that stays upright (`fixed`) when the patient is tilted. */
export async function rasterise(
  fragment: string,
  at: Projection,
  { share, blur }: Fineness,
  fixed = "",
): Promise<Layer> {
  const width = Math.max(16, Math.round(at.width * share));
  const height = Math.max(16, Math.round(at.height * share));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%"/>${cloudGradient}<g transform="${matrix(at.pose, width, height)}">${fragment}</g><g transform="${matrix(upright, width, height)}">${fixed}</g></svg>`;
  const drawn = sharp(Buffer.from(svg)).removeAlpha();
  const sigma = (blur * height) / 1000;
  const grey = await (sigma > 0.3 ? drawn.blur(sigma) : drawn).extractChannel(0).raw().toBuffer();
  return { width, height, grey };
}

const cloudGradient =
  '<defs><radialGradient id="cloud"><stop offset="0" stop-color="#fff"/><stop offset="0.4" stop-color="#fff" stop-opacity="0.72"/><stop offset="0.75" stop-color="#fff" stop-opacity="0.2"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient></defs>';

type Place = Pick<Pose, "zoom" | "tilt" | "shift">;
const upright: Place = { zoom: 1, tilt: 0, shift: [0, 0] };

function matrix(pose: Place, width: number, height: number): string {
  const scale = (height / 1000) * pose.zoom;
  const [x, y] = pose.shift;
  return `translate(${(width / 2).toFixed(2)} ${(height / 2).toFixed(2)}) scale(${scale.toFixed(5)}) rotate(${pose.tilt.toFixed(2)}) translate(${(x - 500).toFixed(1)} ${(y - 500).toFixed(1)})`;
}

/** A layer at the film's size, bilinear between its pixels' centres; values 0 … 1. [height * width] */
export function enlarge(layer: Layer, width: number, height: number): Float32Array {
  const columns = columnWeights(layer.width, width);
  const large = new Float32Array(width * height);
  const row = new Float32Array(layer.width);
  for (let y = 0; y < height; y++) {
    blendRows(layer, ((y + 0.5) * layer.height) / height - 0.5, row);
    for (let x = 0; x < width; x++) {
      const left = columns.left[x] as number;
      const a = row[left] as number;
      const b = row[left + 1] as number;
      large[y * width + x] = a + (b - a) * (columns.weight[x] as number);
    }
  }
  return large;
}

function columnWeights(from: number, to: number): { left: Int32Array; weight: Float32Array } {
  const left = new Int32Array(to);
  const weight = new Float32Array(to);
  for (let x = 0; x < to; x++) {
    const place = Math.max(0, Math.min(from - 1.001, ((x + 0.5) * from) / to - 0.5));
    left[x] = Math.floor(place);
    weight[x] = place - Math.floor(place);
  }
  return { left, weight };
}

function blendRows({ width, height, grey }: Layer, place: number, row: Float32Array): void {
  const within = Math.max(0, Math.min(height - 1.001, place));
  const upper = Math.floor(within);
  const weight = within - upper;
  const start = upper * width;
  for (let x = 0; x < width; x++) {
    const a = grey[start + x] as number;
    const b = grey[start + width + x] as number;
    row[x] = (a + (b - a) * weight) / 255;
  }
}
