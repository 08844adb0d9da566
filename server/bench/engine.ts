import { loadEngine } from "@/server/ml/engine";
import { metricsWithIntervals } from "@/server/ml/metrics";
import { compactBase, newCompactWeights } from "@/server/ml/networks/compact";
import { compiledBase } from "@/server/ml/networks/compiled-base";
import { denseNet121, denseNet121Spec } from "@/server/ml/networks/densenet121";
import { newDenseNetWeights } from "@/server/ml/networks/densenet121-layers";
import { efficientNetLite0, efficientNetLite0Spec } from "@/server/ml/networks/efficientnet-lite0";
import { newEfficientNetWeights } from "@/server/ml/networks/efficientnet-lite0-layers";
import type { Base } from "@/server/ml/networks/network";
import { pooledFeatures } from "@/server/ml/predict";
import { seededRandom } from "@/server/ml/random";
import { publishedOptions } from "@/server/ml/training/options";
import { trainHead } from "@/server/ml/training/train-head";
import { type Benchmark, type Figure, percentile } from "./benchmark";

/** The engines' own figures: most are there for the launch form's estimates to rest on. */
export const engineBenchmark: Benchmark = {
  name: "engine",
  needs: [],
  async run() {
    const figures: Figure[] = [];
    for (const want of ["auto", "wasm"] as const) {
      const { name } = await loadEngine(want);
      if (figures.some(({ what }) => what.endsWith(name))) continue;
      figures.push(...(await forwards(name)));
    }
    return [...figures, await headEpoch(), intervals()];
  },
};

async function forwards(engine: "native" | "wasm"): Promise<Figure[]> {
  const random = seededRandom(1);
  const ofDenseNet = newDenseNetWeights(random);
  const densenet = await compiledBase(denseNet121Spec, () => denseNet121(ofDenseNet));
  const ofLite = newEfficientNetWeights(random);
  const lite = await compiledBase(efficientNetLite0Spec, () => efficientNetLite0(ofLite));
  const compact = compactBase(newCompactWeights(random));
  return [
    {
      what: `DenseNet-121 forward, batch 8, ${engine}`,
      value: forward(densenet, 8),
      unit: "ms an image",
      ...(engine === "wasm" ? { bar: { atMost: 350 } } : {}),
    },
    {
      what: `EfficientNet-Lite0 forward, batch 8, ${engine}`,
      value: forward(lite, 8),
      unit: "ms an image",
    },
    { what: `compact forward, batch 32, ${engine}`, value: forward(compact, 32), unit: "ms an image" },
  ];
}

/** Milliseconds an image, the middle of three runs after one that warms up. */
function forward(base: Base, batch: number): number {
  const { inputSize, channels } = base.spec;
  const images = new Float32Array(batch * inputSize * inputSize * channels).fill(0.5);
  const spent = Array.from({ length: 4 }, () => {
    const start = performance.now();
    pooledFeatures(base, images, batch);
    return (performance.now() - start) / batch;
  });
  base.dispose();
  return percentile(spent.slice(1), 0.5);
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
