import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** A source of random numbers that moves on with every call. */
export interface Random {
  /** A number in [0, 1). */
  uniform(): number;
  /** An integer in [0, n). */
  int(n: number): number;
  /** A standard normal deviate. */
  normal(): number;
  /** The values in a random order, in a new array. */
  shuffle<T>(values: Iterable<T>): T[];
}

/** A generator whose numbers follow from `seed` (any integer) alone, on every machine and engine. */
export function seededRandom(seed: number): Random {
  const generator = xoroshiro128plus(mix(seed));
  const uniform = () => uniformFloat64(generator);
  const int = (n: number) => uniformInt(generator, 0, n - 1);
  return {
    uniform,
    int,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    shuffle: (values) => shuffled([...values], int),
  };
}

/** A seed of its own for a part of a run (an epoch, a fold), so that it can be resumed from there. */
export function deriveSeed(seed: number, ...parts: readonly number[]): number {
  return parts.reduce((derived, part) => mix(mix(derived) + part), seed);
}

/** Fisher and Yates' shuffle, drawing from what is left. */
function shuffled<T>(values: T[], int: (n: number) => number): T[] {
  const places = Uint32Array.from(values, (_, place) => place);
  for (let last = places.length - 1; last > 0; last--) {
    const chosen = int(last + 1);
    const kept = places[last] ?? 0;
    places[last] = places[chosen] ?? 0;
    places[chosen] = kept;
  }
  return Array.from(places).flatMap((place) => values.slice(place, place + 1));
}

/** MurmurHash3's finaliser (Appleby): neighbouring seeds give unrelated states. */
function mix(seed: number): number {
  let hash = Math.imul(seed ^ (seed >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
