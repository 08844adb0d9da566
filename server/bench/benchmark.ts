/** One measured figure and, where the milestone names one, its bar. */
export type Figure = {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly bar?: { readonly atMost: number } | { readonly atLeast: number };
};

export type Benchmark = {
  readonly name: string;
  /** What must be present under OVERREAD_SHARED, relative; the benchmark is skipped, with a message, where it is not. */
  readonly needs: readonly string[];
  /** @param shared absolute path of the real data; the database of this process is empty and throw-away */
  run(shared: string): Promise<readonly Figure[]>;
};

/** The value that a share `q` (0 to 1) of the samples does not exceed. */
export function percentile(samples: readonly number[], q: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}
