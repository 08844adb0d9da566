import { agreementBenchmark } from "./agreement";
import type { Benchmark } from "./benchmark";
import { browseBenchmark } from "./browse";
import { doubleReadingBenchmark } from "./double-reading";
import { engineBenchmark } from "./engine";
import { gridBenchmark } from "./grid";
import { importImagesBenchmark } from "./import-images";
import { importTableBenchmark } from "./import-table";
import { importUploadBenchmark } from "./import-upload";
import { kerasBenchmark } from "./keras";
import { killsBenchmark } from "./kills";
import { labelErrorsBenchmark } from "./label-errors";
import { labelsBenchmark } from "./labels";
import { readingBenchmark } from "./reading";
import { readingHandBenchmark } from "./reading-hand";
import { splitsBenchmark } from "./splits";
import { studyBenchmark } from "./study";

export const benchmarks: readonly Benchmark[] = [
  agreementBenchmark,
  browseBenchmark,
  doubleReadingBenchmark,
  engineBenchmark,
  gridBenchmark,
  importImagesBenchmark,
  importTableBenchmark,
  importUploadBenchmark,
  labelErrorsBenchmark,
  labelsBenchmark,
  kerasBenchmark,
  killsBenchmark,
  readingBenchmark,
  readingHandBenchmark,
  splitsBenchmark,
  studyBenchmark,
];
