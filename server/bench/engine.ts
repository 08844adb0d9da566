import { loadEngine } from "@/server/ml/engine";
import { metricsWithIntervals } from "@/server/ml/metrics";
import { compactBase, newCompactWeights } from "@/server/ml/networks/compact";
import { compiledBase } from "@/server/ml/networks/compiled-base";
import { denseNet121, denseNet121Spec } from "@/server/ml/networks/densenet121";
import { newDenseNetWeights } from "@/server/ml/networks/densenet121-layers";
import type { Base } from "@/server/ml/networks/network";
import { pooledFeatures } from "@/server/ml/predict";
import { seededRandom } from "@/server/ml/random";
import { publishedOptions } from "@/server/ml/training/options";
import { trainHead } from "@/server/ml/training/train-head";
import type { Benchmark, Figure } from "./benchmark";

/** The engine's own figures: nothing of them has a bar yet; they are what the launch form's estimates rest on. */
export const engineBenchmark: Benchmark = {
  name: "engine",
  needs: [],
  async run() {
    const engine = await loadEngine("auto");
    const random = seededRandom(1);
    const densenet = await forward(
      await compiledBase(denseNet121Spec, () => denseNet121(newDenseNetWeights(random))),
      8,
    );
    const compact = await forward(compactBase(newCompactWeights(random)), 32);
    return [
      { what: `DenseNet-121 forward, batch 8, ${engine.name}`, value: densenet, unit: "ms an image" },
      { what: `compact forward, batch 32, ${engine.name}`, value: compact, unit: "ms an image" },
      await headEpoch(),
      intervals(),
    ];
  },
};

async function forward(base: Base, batch: number): Promise<number> {
  const { inputSize, channels } = base.spec;
  const images = new Float32Array(batch * inputSize * inputSize * channels).fill(0.5);
  await pooledFeatures(base, images, batch);
  const start = performance.now();
  await pooledFeatures(base, images, batch);
  const spent = performance.now() - start;
  base.dispose();
  return spent / batch;
}

async function headEpoch(): Promise<Figure> {
  const random = seededRandom(2);
  const { history } = await trainHead({
    features: [Float32Array.from({ length: 900 * 1024 }, () => random.uniform())],
    labels: Int32Array.from({ length: 900 }, (_, image) => image % 2),
    width: 1024,
    classes: 2,
    validation: { features: new Float32Array(), labels: new Int32Array() },
    options: { ...publishedOptions, epochs: 3, batchSize: 32, dropout: 0.5 },
  });
  return {
    what: "head, one epoch of 900 × 1,024",
    value: Math.min(...history.map((event) => event.seconds)),
    unit: "s",
  };
}

function intervals(): Figure {
  const random = seededRandom(3);
  const labels = Int32Array.from({ length: 300 }, (_, image) => image % 2);
  const probabilities = Float64Array.from({ length: 600 }, () => random.uniform());
  const groups = Int32Array.from({ length: 300 }, (_, image) => Math.floor(image / 3));
  const start = performance.now();
  metricsWithIntervals({ labels, probabilities, classes: 2 }, groups, { seed: 5 });
  return {
    what: "13 metrics of 300 images, 2,000 draws",
    value: (performance.now() - start) / 1000,
    unit: "s",
  };
}
