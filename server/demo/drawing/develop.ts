import { deriveSeed, seededRandom } from "@/server/ml/random";
import type { FilmLook } from "../look";
import { grain, grainSide, mottle, mottleSide } from "./noise";
import { enlarge, type Layer, type Projection, rasterise } from "./raster";
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
  const full = (layer: Layer) => enlarge(layer, width, height);
  const maps = {
    body: full(layers.body),
    air: full(layers.air),
    depth: full(layers.depth),
    water: full(layers.water),
    haze: full(layers.haze),
    bone: full(layers.bone),
    vessels: full(layers.vessels),
    hard: full(layers.hard),
  };
  const random = seededRandom(deriveSeed(seed, 5));
  const [grains, clouds] = [grain(), mottle()];
  const [grainStart, cloudStart] = [random.int(grains.length), random.int(clouds.length)];
  const curve = toneCurve(look.contrast, look.brightness + at.pose.exposure * 0.03);
  const margin = Math.round(look.collimation * height);
  const cloudStep = 560 / height;
  const film = Buffer.alloc(width * height, 4);
  for (let y = margin; y < height - margin; y++) {
    const cloudRow = Math.floor(y * cloudStep) * mottleSide + cloudStart;
    const grainRow = y * grainSide + grainStart;
    for (let x = margin; x < width - margin; x++) {
      const i = y * width + x;
      const cloud = clouds[(cloudRow + Math.floor(x * cloudStep)) & (clouds.length - 1)] as number;
      const thick = maps.body[i] as number;
      const grey = curve[Math.round(densityAt(maps, i, cloud) * curveSteps)] as number;
      const speckle = grains[(grainRow + x) & (grains.length - 1)] as number;
      film[i] = Math.max(0, Math.min(255, grey + speckle * look.grain * (0.4 + 0.6 * thick)));
    }
  }
  return film;
}

function densityAt(maps: Readonly<Record<keyof Layers, Float32Array>>, i: number, cloud: number): number {
  const depth = maps.depth[i] as number;
  const mottled = Math.min(1, (maps.haze[i] as number) * (1 + 0.36 * cloud));
  const dry = (1 - 0.84 * (maps.water[i] as number)) * (1 - 0.88 * mottled);
  const open = (maps.air[i] as number) * dry;
  const density =
    (maps.body[i] as number) * 0.93 -
    open * (0.17 + 0.33 * depth) * (1 + 0.07 * cloud) +
    (maps.bone[i] as number) * (0.2 + 0.27 * open) +
    (maps.vessels[i] as number) * 0.2 * open +
    (maps.hard[i] as number) * 0.75;
  return Math.max(0, Math.min(densest, density));
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
