import { readFile } from "node:fs/promises";
import { confidentLearning } from "@/server/ml/confident-learning";
import { seededRandom } from "@/server/ml/random";
import { publishedOptions } from "@/server/ml/training/options";
import { objectStore } from "@/server/storage/open";
import { outOfFold } from "@/server/training/checks/out-of-fold";
import type { FeaturePlaces } from "@/server/training/child/protocol";
import { startChild, type TrainingChild } from "@/server/training/child-process";
import { gatherHands, loadInto } from "@/server/training/sweeps/hands";
import type { Benchmark } from "./benchmark";

/** CheXpert's training table; features as wide as EfficientNet-Lite0's. */
const images = 223_414;
const width = 1280;
const rowsPerShard = 8_192;
const folds = 5;

/**
 * `check label-errors` at CheXpert's size, from stored features on: what the processes that train its five heads
 * hold, and how long one epoch of each and confident learning take. The features are of chance, with a little of
 * the class in them.
 */
export const labelErrorsBenchmark: Benchmark = {
  name: "label-errors",
  needs: [],
  async run() {
    const labels = Int32Array.from({ length: images }, (_, at) => at % 2);
    const features = await storeFeatures(labels);
    const children: TrainingChild[] = [];
    const start = () => {
      const child = startChild();
      children.push(child);
      return child;
    };
    const hands = gatherHands(start);
    try {
      const load = { network: "efficientnet-lite0", pooling: "gap", classes: 2 } as const;
      const begun = performance.now();
      await loadInto(hands.hands, { ...load, labels, features: [features] });
      const loaded = performance.now();
      const place = { checkId: 0, hands, signal: new AbortController().signal };
      const of = Uint8Array.from({ length: images }, (_, at) => at % folds);
      const head = { training: { ...publishedOptions, epochs: 1, decay: publishedOptions.learningRate } };
      const probabilities = await outOfFold(place, ["no", "yes"], { of, count: folds }, head, "heads");
      const trained = performance.now();
      confidentLearning({ probabilities, labels, classes: 2 }, "self-confidence");
      const done = performance.now();
      const peaks = await Promise.all(children.map(({ pid }) => peakGigabytes(pid)));
      const matrix = (images * width * Float32Array.BYTES_PER_ELEMENT) / 1e9;
      const seconds = (from: number, to: number) => ({ value: (to - from) / 1000, unit: "s" });
      return [
        { what: `the features of ${images} films`, value: matrix, unit: "GB" },
        { what: `reading them into ${children.length} processes`, ...seconds(begun, loaded) },
        { what: "one epoch of all five heads, and their predictions", ...seconds(loaded, trained) },
        { what: "confident learning", ...seconds(trained, done) },
        // The features once, beside what a process with the engine in it takes anyway.
        {
          what: "peak memory of a process",
          value: Math.max(...peaks),
          unit: "GB",
          bar: { atMost: matrix + 0.6 },
        },
      ];
    } finally {
      await hands.dismiss();
    }
  },
};

async function storeFeatures(labels: Int32Array): Promise<FeaturePlaces> {
  const random = seededRandom(1);
  const noise = Float32Array.from({ length: rowsPerShard * width }, () => random.uniform());
  const shards: string[] = [];
  for (let first = 0; first < images; first += rowsPerShard) {
    const rows = noise.slice(0, Math.min(rowsPerShard, images - first) * width);
    for (let row = 0; row * width < rows.length; row++) rows[row * width] = labels[first + row] ?? 0;
    // So that no shard is the same object as another.
    rows[1] = first;
    shards.push(await objectStore().put(Buffer.from(rows.buffer)));
  }
  return {
    shards,
    shard: Int32Array.from({ length: images }, (_, at) => Math.floor(at / rowsPerShard)),
    row: Int32Array.from({ length: images }, (_, at) => at % rowsPerShard),
  };
}

/** The most memory that a process has had (VmHWM). */
async function peakGigabytes(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1e6;
}
