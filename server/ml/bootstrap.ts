import { seededRandom } from "./random";

export type Interval = {
  /** Bounds of the 95% percentile interval; null when no draw gave a number. */
  readonly low: number | null;
  readonly high: number | null;
  /** Draws whose statistic was undefined, e.g. for want of a class; they are left out. */
  readonly skipped: number;
};

type Draws = {
  /** Patient of each image: any integers, equal for one patient. */
  readonly groups: Int32Array;
  readonly draws?: number;
  readonly seed: number;
};

/**
 * A 95% interval by drawing patients with replacement: images of one patient are drawn together, because they
 * are not independent (Davison and Hinkley 1997, §3.8). `statistic` gets how often each image counts.
 */
export function patientBootstrap(
  asked: Draws & { readonly statistic: (weights: Float64Array) => number | null },
): Interval {
  return patientIntervals({ ...asked, statistics: (weights) => ({ only: asked.statistic(weights) }) }).only;
}

/**
 * The same for several statistics on the same draws, so also for two models and their difference. The same
 * seed and groups give the same draws.
 */
export function patientIntervals<Name extends string>(
  asked: Draws & { readonly statistics: (weights: Float64Array) => Record<Name, number | null> },
): Record<Name, Interval> {
  const { draws = 2000, statistics } = asked;
  const { group, patients } = numbered(asked.groups);
  const random = seededRandom(asked.seed);
  const counts = new Float64Array(patients);
  const weights = new Float64Array(group.length);
  const results: Record<Name, number | null>[] = [];
  for (let draw = 0; draw < draws; draw++) {
    counts.fill(0);
    for (let i = 0; i < patients; i++) {
      const drawn = random.int(patients);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    for (let image = 0; image < group.length; image++) weights[image] = counts[group[image] ?? 0] ?? 0;
    results.push(statistics(weights));
  }
  return mapValues(statistics(weights.fill(1)), (_, name) =>
    intervalOf(results.map((result) => result[name])),
  );
}

/** Value at share `q` of sorted numbers, linear between neighbours as NumPy's default; null for none. */
export function quantile(sorted: Float64Array, q: number): number | null {
  const place = q * (sorted.length - 1);
  const low = sorted[Math.floor(place)];
  const high = sorted[Math.ceil(place)];
  return low === undefined || high === undefined ? null : low + (high - low) * (place - Math.floor(place));
}

function intervalOf(values: readonly (number | null)[]): Interval {
  const sorted = Float64Array.from(values.filter((value) => value !== null)).sort();
  return {
    low: quantile(sorted, 0.025),
    high: quantile(sorted, 0.975),
    skipped: values.length - sorted.length,
  };
}

function numbered(groups: Int32Array): { group: Int32Array; patients: number } {
  const numbers = new Map<number, number>();
  const group = groups.map((patient) => {
    const known = numbers.get(patient) ?? numbers.size;
    numbers.set(patient, known);
    return known;
  });
  return { group, patients: numbers.size };
}

function mapValues<Name extends string, In, Out>(
  record: Record<Name, In>,
  change: (value: In, name: Name) => Out,
): Record<Name, Out> {
  const changed: Partial<Record<Name, Out>> = {};
  for (const name in record) changed[name] = change(record[name], name);
  if (!hasAll(changed, record)) throw new Error("A statistic has no interval");
  return changed;
}

function hasAll<Name extends string, Out>(
  changed: Partial<Record<Name, Out>>,
  like: Record<Name, unknown>,
): changed is Record<Name, Out> {
  return Object.keys(like).every((name) => name in changed);
}
