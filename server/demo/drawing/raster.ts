import sharp from "sharp";
import type { Pose } from "../pose";

/** One grey map of a film. */
export type Layer = { readonly width: number; readonly height: number; readonly grey: Uint8Array };

/** From anatomy units to the film's pixels. */
export type Projection = { readonly width: number; readonly height: number; readonly pose: Pose };

const nothing: Layer = { width: 2, height: 2, grey: new Uint8Array(4) };

/** `share` of the film's size that is enough for a layer; `blur` in anatomy units. */
export type Fineness = { readonly share: number; readonly blur: number };

/** Draws a fragment, and one that stays upright (`fixed`) when the patient is tilted. */
export async function rasterise(
  fragment: string,
  at: Projection,
  { share, blur }: Fineness,
  fixed = "",
): Promise<Layer> {
  if (fragment === "" && fixed === "") return nothing;
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

/** Reads a layer at the film's size, row by row, bilinear between its pixels' centres. */
export class RowReader {
  /** The row last read; values 0 … 1. [width] */
  readonly row: Float32Array;
  readonly #layer: Layer;
  readonly #scale: number;
  readonly #blend: Float32Array;
  readonly #left: Int32Array;
  readonly #weight: Float32Array;

  constructor(layer: Layer, width: number, height: number) {
    this.row = new Float32Array(width);
    this.#layer = layer;
    this.#scale = layer.height / height;
    this.#blend = new Float32Array(layer.width);
    this.#left = new Int32Array(width);
    this.#weight = new Float32Array(width);
    for (let x = 0; x < width; x++) {
      const place = Math.max(0, Math.min(layer.width - 1.001, ((x + 0.5) * layer.width) / width - 0.5));
      this.#left[x] = Math.floor(place);
      this.#weight[x] = place - Math.floor(place);
    }
  }

  read(y: number): void {
    if (this.#layer === nothing) return;
    if (this.#layer.width === this.row.length && this.#scale === 1) this.#copy(y);
    else this.#interpolate(y);
  }

  #copy(y: number): void {
    const [row, grey, start] = [this.row, this.#layer.grey, y * this.row.length];
    for (let x = 0; x < row.length; x++) row[x] = (grey[start + x] as number) * (1 / 255);
  }

  #interpolate(y: number): void {
    const blend = this.#blendRows((y + 0.5) * this.#scale - 0.5);
    const [row, left, weight] = [this.row, this.#left, this.#weight];
    for (let x = 0; x < row.length; x++) {
      const a = blend[left[x] as number] as number;
      const b = blend[(left[x] as number) + 1] as number;
      row[x] = a + (b - a) * (weight[x] as number);
    }
  }

  #blendRows(place: number): Float32Array {
    const { width, height, grey } = this.#layer;
    const blend = this.#blend;
    const within = Math.max(0, Math.min(height - 1.001, place));
    const start = Math.floor(within) * width;
    const lower = (within - Math.floor(within)) / 255;
    const upper = 1 / 255 - lower;
    for (let x = 0; x < width; x++) {
      blend[x] = (grey[start + x] as number) * upper + (grey[start + width + x] as number) * lower;
    }
    return blend;
  }
}
