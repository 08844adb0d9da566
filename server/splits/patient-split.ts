import { seededRandom } from "@/server/ml/random";
import type { Groups } from "./groups";
import type { Strata } from "./strata";

/**
 * Whole groups, stratified: the greedy placing of scikit-learn's StratifiedGroupKFold, for parts of unequal
 * size. Groups come in order of descending standard deviation of their counts over the strata (shuffled by the
 * seed first); each goes to the part where the mean over strata of the spread of (count ÷ target) is least,
 * ties to the emptier part (integrity.md, Splits).
 * @param weights one per part, in any unit; a part of weight 0 stays empty
 * @returns per image: index into the parts
 */
export function patientSplit(
  groups: Groups,
  strata: Strata,
  weights: readonly number[],
  seed: number,
): Uint8Array {
  const counts = countMatrix(groups, strata);
  const filling = new Filling(counts, strata.count, weights);
  const partOfGroup = new Uint8Array(groups.count);
  for (const group of placingOrder(counts, strata.count, groups.count, seed)) {
    partOfGroup[group] = filling.place(group);
  }
  return Uint8Array.from(groups.of, (group) => partOfGroup[group] ?? 0);
}

/** [groups, strata], row by row: how many images. */
function countMatrix(groups: Groups, strata: Strata): Int32Array {
  const counts = new Int32Array(groups.count * strata.count);
  groups.of.forEach((group, image) => {
    const cell = group * strata.count + (strata.of[image] ?? 0);
    counts[cell] = (counts[cell] ?? 0) + 1;
  });
  return counts;
}

function placingOrder(counts: Int32Array, strata: number, groups: number, seed: number): number[] {
  const spread = Float64Array.from({ length: groups }, (_, group) =>
    // With one stratum there is no spread to go by, but large groups must still come first.
    strata === 1
      ? (counts[group] ?? 0)
      : deviation(counts.subarray(group * strata, (group + 1) * strata), strata),
  );
  const shuffled = seededRandom(seed).shuffle(Array.from({ length: groups }, (_, group) => group));
  return shuffled.sort((a, b) => (spread[b] ?? 0) - (spread[a] ?? 0));
}

/** What lies in each part while groups are placed. */
class Filling {
  readonly #counts: Int32Array;
  readonly #strata: number;
  /** Parts that take images at all. */
  readonly #open: readonly number[];
  /** Per part: its share of everything, 0 to 1. */
  readonly #share: readonly number[];
  /** [parts, strata]: 1 ÷ target, 0 where a stratum is empty. */
  readonly #perImage: Float64Array;
  /** [parts, strata]: count ÷ target. */
  readonly #filled: Float64Array;
  /** Per part: images ÷ share. */
  readonly #level: Float64Array;

  constructor(counts: Int32Array, strata: number, weights: readonly number[]) {
    const sum = weights.reduce((total, weight) => total + weight, 0);
    this.#counts = counts;
    this.#strata = strata;
    this.#share = weights.map((weight) => weight / sum);
    this.#open = weights.flatMap((weight, part) => (weight > 0 ? [part] : []));
    this.#level = new Float64Array(weights.length);
    this.#filled = new Float64Array(weights.length * strata);
    const totals = new Float64Array(strata);
    counts.forEach((count, cell) => {
      totals[cell % strata] = (totals[cell % strata] ?? 0) + count;
    });
    this.#perImage = Float64Array.from({ length: weights.length * strata }, (_, cell) => {
      const target = (totals[cell % strata] ?? 0) * (this.#share[Math.floor(cell / strata)] ?? 0);
      return target > 0 ? 1 / target : 0;
    });
  }

  /** Puts the group where it leaves the parts most even, and says where. */
  place(group: number): number {
    let best = this.#open[0] ?? 0;
    let bestUnevenness = Number.POSITIVE_INFINITY;
    for (const part of this.#open) {
      const unevenness = this.#unevennessWith(group, part);
      // Rounded: a tie by rounding error must not depend on the order of additions.
      const difference = Math.round((unevenness - bestUnevenness) * 1e12);
      const emptier = (this.#level[part] ?? 0) < (this.#level[best] ?? 0);
      if (bestUnevenness === Number.POSITIVE_INFINITY || difference < 0 || (difference === 0 && emptier)) {
        best = part;
        bestUnevenness = unevenness;
      }
    }
    this.#add(group, best);
    return best;
  }

  /** Mean over the strata of the standard deviation, over the parts, of count ÷ target. */
  #unevennessWith(group: number, candidate: number): number {
    let sum = 0;
    const values = new Float64Array(this.#open.length);
    for (let stratum = 0; stratum < this.#strata; stratum++) {
      const count = this.#counts[group * this.#strata + stratum] ?? 0;
      this.#open.forEach((part, place) => {
        const cell = part * this.#strata + stratum;
        const added = part === candidate ? count * (this.#perImage[cell] ?? 0) : 0;
        values[place] = (this.#filled[cell] ?? 0) + added;
      });
      sum += deviation(values, values.length);
    }
    return sum / this.#strata;
  }

  #add(group: number, part: number): void {
    for (let stratum = 0; stratum < this.#strata; stratum++) {
      const cell = part * this.#strata + stratum;
      const count = this.#counts[group * this.#strata + stratum] ?? 0;
      this.#filled[cell] = (this.#filled[cell] ?? 0) + count * (this.#perImage[cell] ?? 0);
      this.#level[part] = (this.#level[part] ?? 0) + count / (this.#share[part] ?? 1);
    }
  }
}

/** Population standard deviation. */
function deviation(values: Float64Array | Int32Array, length: number): number {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return Math.sqrt(squares / length);
}
