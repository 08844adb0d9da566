import { seededRandom } from "@/server/ml/random";

/** Sides of the periodic tiles; powers of two. */
export const grainSide = 256;
export const mottleSide = 512;

let grainTile: Float32Array | undefined;
let mottleTile: Float32Array | undefined;

/** White noise, softened a little as a detector softens it; standard deviation about 1. [256, 256] */
export function grain(): Float32Array {
  grainTile ??= softened(whiteNoise(grainSide, 71));
  return grainTile;
}

/** Clouds in five octaves, −1 … 1, mean about 0. [512, 512] */
export function mottle(): Float32Array {
  mottleTile ??= clouds();
  return mottleTile;
}

function whiteNoise(side: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const noise = new Float32Array(side * side);
  for (let i = 0; i < noise.length; i++) noise[i] = random.normal();
  return noise;
}

function softened(noise: Float32Array): Float32Array {
  const soft = new Float32Array(noise.length);
  const last = noise.length - 1;
  for (let i = 0; i <= last; i++) {
    const beside = (noise[(i + 1) & last] as number) + (noise[(i - 1) & last] as number);
    const above = (noise[(i + grainSide) & last] as number) + (noise[(i - grainSide) & last] as number);
    soft[i] = ((noise[i] as number) + 0.5 * (beside + above)) / Math.SQRT2;
  }
  return soft;
}

function clouds(): Float32Array {
  const tile = new Float32Array(mottleSide * mottleSide);
  for (let octave = 0; octave < 5; octave++) addOctave(tile, 8 << octave, 0.5 ** (octave * 0.8 + 1));
  for (let i = 0; i < tile.length; i++) tile[i] = Math.tanh((tile[i] as number) * 1.6);
  return tile;
}

/** Adds value noise of so many cells a side, smooth between them (Perlin's fade). */
function addOctave(tile: Float32Array, cells: number, weight: number): void {
  const lattice = whiteNoise(cells, 83 + cells);
  const step = mottleSide / cells;
  for (let y = 0; y < mottleSide; y++) {
    const upper = Math.floor(y / step) * cells;
    const lower = (upper + cells) % (cells * cells);
    const down = fade((y % step) / step);
    for (let x = 0; x < mottleSide; x++) {
      const left = Math.floor(x / step);
      const right = (left + 1) % cells;
      const across = fade((x % step) / step);
      const a = mix(lattice[upper + left] as number, lattice[upper + right] as number, across);
      const b = mix(lattice[lower + left] as number, lattice[lower + right] as number, across);
      tile[y * mottleSide + x] = (tile[y * mottleSide + x] as number) + weight * mix(a, b, down);
    }
  }
}

function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}

function fade(t: number): number {
  return t * t * (3 - 2 * t);
}
