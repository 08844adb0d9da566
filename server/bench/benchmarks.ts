import type { Benchmark } from "./benchmark";
import { browseBenchmark } from "./browse";
import { splitsBenchmark } from "./splits";

export const benchmarks: readonly Benchmark[] = [browseBenchmark, splitsBenchmark];
