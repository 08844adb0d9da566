import type { Benchmark } from "./benchmark";
import { browseBenchmark } from "./browse";
import { engineBenchmark } from "./engine";
import { splitsBenchmark } from "./splits";

export const benchmarks: readonly Benchmark[] = [browseBenchmark, engineBenchmark, splitsBenchmark];
