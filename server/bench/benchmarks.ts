import type { Benchmark } from "./benchmark";

export const benchmarks: readonly Benchmark[] = [];
