import { deriveSeed, seededRandom } from "@/server/ml/random";
import type { FilmLook } from "../look";
import { grain, grainSide, mottle, mottleSide } from "./noise";
import { type Layer, type Projection, RowReader, rasterise } from "./raster";
import type { Scene } from "./scene";

/**
 * The film of a scene, with upright `marks` on it: 8-bit grey, dense is bright. [height * width]
 *
 * What the rays meet adds up along their way (Beer and Lambert), and a film shows its logarithm: so tissue, bone
 * and metal are sums, and water in the lung is air that is missing.
 */
export async function develop(
  scene: Scene,
  marks: string,
  at: Projection,
  look: FilmLook,
  seed: number,
): Promise<Buffer> {
  // Blurred layers need few pixels. Where no blur is given, drawing smaller than the film is blur enough.
  const fine = Math.min(0.8, 460 / at.height);
  const [body, air, depth, water, haze, bone, vessels, hard] = await Promise.all([
    rasterise(scene.body, at, { share: 0.125, blur: 15 }),
    rasterise(scene.air, at, { share: fine / 2, blur: 0 }),
    rasterise(scene.air, at, { share: 0.1, blur: 46 }),
    rasterise(scene.water, at, { share: fine / 2, blur: 0 }),
    rasterise(scene.haze, at, { share: 0.16, blur: 8 }),
    rasterise(scene.bone, at, { share: fine, blur: 0 }),
    rasterise(scene.vessels, at, { share: fine, blur: 0 }),
    rasterise(scene.hard, at, { share: 1, blur: 0 }, marks),
  ]);
  return combine({ body, air, depth, water, haze, bone, vessels, hard }, at, look, seed);
}

type Layers = Readonly<Record<keyof Scene | "depth", Layer>>;

function combine(layers: Layers, at: Projection, look: FilmLook, seed: number): Buffer {
  const { width, height } = at;
  const reader = (layer: Layer) => new RowReader(layer, width, height);
  const readers = {
    body: reader(layers.body),
    air: reader(layers.air),
    depth: reader(layers.depth),
    water: reader(layers.water),
    haze: reader(layers.haze),
    bone: reader(layers.bone),
    vessels: reader(layers.vessels),
    hard: reader(layers.hard),
  };
  const texture = textureOf(width, height, seed);
  const curve = toneCurve(look.contrast, look.brightness + at.pose.exposure * 0.03);
  const margin = Math.round(look.collimation * height);
  const film = new Uint8ClampedArray(width * height).fill(4);
  for (let y = margin; y < height - margin; y++) {
    for (const each of Object.values(readers)) each.read(y);
    texture.read(y);
    const row = film.subarray(y * width + margin, (y + 1) * width - margin);
    developRow(row, margin, readers, texture, curve, look.grain);
  }
  return Buffer.from(film.buffer);
}

type Rows = Readonly<Record<keyof Layers, { readonly row: Float32Array }>>;

/** The hot loop of the demo: plain locals, no calls. */
function developRow(
  film: Uint8ClampedArray,
  margin: number,
  rows: Rows,
  texture: Texture,
  curve: Float32Array,
  grainStrength: number,
): void {
  const [body, air, depth, water] = [rows.body.row, rows.air.row, rows.depth.row, rows.water.row];
  const [haze, bone, vessels, hard] = [rows.haze.row, rows.bone.row, rows.vessels.row, rows.hard.row];
  const { clouds, grains } = texture;
  const last = curve.length - 1;
  for (let i = 0; i < film.length; i++) {
    const x = i + margin;
    const cloud = clouds[x] as number;
    const thick = body[x] as number;
    const mottled = Math.min(1, (haze[x] as number) * (1 + 0.36 * cloud));
    const open = (air[x] as number) * (1 - 0.84 * (water[x] as number)) * (1 - 0.88 * mottled);
    const density =
      thick * 0.93 -
      open * (0.17 + 0.33 * (depth[x] as number)) * (1 + 0.07 * cloud) +
      (bone[x] as number) * (0.2 + 0.27 * open) +
      (vessels[x] as number) * 0.2 * open +
      (hard[x] as number) * 0.75;
    const level = Math.max(0, Math.min(last, density * curveSteps));
    film[i] = (curve[level | 0] as number) + (grains[x] as number) * grainStrength * (0.4 + 0.6 * thick);
  }
}

type Texture = { readonly clouds: Float32Array; readonly grains: Float32Array; read(y: number): void };

/** Rows of the lung's mottling, as coarse on a large film as on a small one, and of the detector's grain. */
function textureOf(width: number, height: number, seed: number): Texture {
  const [cloudTile, grainTile] = [mottle(), grain()];
  const random = seededRandom(deriveSeed(seed, 5));
  const [cloudStart, grainStart] = [random.int(cloudTile.length), random.int(grainTile.length)];
  const step = 560 / height;
  const clouds = new Float32Array(width);
  const grains = new Float32Array(width);
  const read = (y: number) => {
    const cloudRow = Math.floor(y * step) * mottleSide + cloudStart;
    const grainRow = y * grainSide + grainStart;
    for (let x = 0; x < width; x++) {
      clouds[x] = cloudTile[(cloudRow + ((x * step) | 0)) & (cloudTile.length - 1)] as number;
      grains[x] = grainTile[(grainRow + x) & (grainTile.length - 1)] as number;
    }
  };
  return { clouds, grains, read };
}

const densest = 1.3;
const curveSteps = 900;

/** Grey levels by density (0 … 1.3): a film's S, flat at both ends. */
function toneCurve(contrast: number, brightness: number): Float32Array {
  const steep = 4.4 * contrast;
  const middle = 0.53 - brightness;
  const sigmoid = (density: number) => 1 / (1 + Math.exp(-steep * (density - middle)));
  const [low, high] = [sigmoid(0), sigmoid(1.18)];
  return Float32Array.from(
    { length: densest * curveSteps + 1 },
    (_, i) => 6 + 246 * Math.min(1, Math.max(0, (sigmoid(i / curveSteps) - low) / (high - low))),
  );
}
