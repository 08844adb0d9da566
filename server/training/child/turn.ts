import { rotateNearest } from "@/server/ml/preprocess";
import { deriveSeed, seededRandom } from "@/server/ml/random";

/**
 * An augmentation view of an input [size, size, channels]: view 0 is the input itself, the others are turned
 * by an angle that follows from the film and the view alone, so that every run can share the features.
 */
export function viewOf(
  input: Float32Array,
  view: number,
  film: {
    readonly sha256: string;
    readonly size: number;
    readonly channels: number;
    readonly rotation: number;
  },
): Float32Array {
  if (view === 0) return input;
  const seed = Number.parseInt(film.sha256.slice(0, 8), 16);
  const degrees = (seededRandom(deriveSeed(seed, view)).uniform() * 2 - 1) * film.rotation;
  return rotateNearest(input, film.size, film.channels, degrees);
}
