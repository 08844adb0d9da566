import { type Figure, percentile } from "./benchmark";

/** Median and p95 of samples in milliseconds; the bar, where there is one, is on the p95. */
export function spread(what: string, samples: readonly number[], bar: number | undefined): Figure[] {
  const p95 = { what: `${what}, p95`, value: percentile(samples, 0.95), unit: "ms" };
  return [
    { what: `${what}, median`, value: percentile(samples, 0.5), unit: "ms" },
    bar === undefined ? p95 : { ...p95, bar: { atMost: bar } },
  ];
}

/** What the work gives, and how many milliseconds it took. */
export async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const start = performance.now();
  const value = await work();
  return [value, performance.now() - start];
}
