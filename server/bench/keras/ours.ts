import process from "node:process";
import { createInterface } from "node:readline";
import { loadEngine } from "@/server/ml/engine";
import { headArrays, newHead } from "@/server/ml/head";
import { compiledBase } from "@/server/ml/networks/compiled-base";
import { denseNet121, denseNet121Network, denseNet121Spec } from "@/server/ml/networks/densenet121";
import { newDenseNetWeights } from "@/server/ml/networks/densenet121-layers";
import { trainableBase } from "@/server/ml/networks/trainable-base";
import { pooledFeatures } from "@/server/ml/predict";
import { seededRandom } from "@/server/ml/random";
import { headStep } from "@/server/ml/training/head-step";
import { optimizerFor } from "@/server/ml/training/optimizers";
import { askedSchema } from "./contestant";

// Our side of `npm run bench -- keras`, the twin of theirs.py: does what a line asks for, says how long it took.
const engine = await loadEngine("native");
const pixels = denseNet121Spec.inputSize ** 2 * denseNet121Spec.channels;
const made = { forward: once(forward), "fine-tune": once(fineTune) };

for await (const line of createInterface({ input: process.stdin })) {
  const { do: what, batch } = askedSchema.parse(JSON.parse(line));
  if (what === "head-step")
    throw new Error("Our heads are trained on stored features, with no base in the loop");
  const work = await made[what]();
  const images = Float32Array.from({ length: batch * pixels }, Math.random);
  const start = performance.now();
  work(images);
  const seconds = (performance.now() - start) / 1000;
  const answer = { seconds, peakBytes: process.resourceUsage().maxRSS * 1024, version: engine.library };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

async function forward(): Promise<(images: Float32Array) => void> {
  const weights = newDenseNetWeights(seededRandom(1));
  const base = await compiledBase(denseNet121Spec, () => denseNet121(weights));
  return (images) => pooledFeatures(base, images, images.length / pixels);
}

/** A whole step: forward, back, and the optimizer's move of every weight. */
async function fineTune(): Promise<(images: Float32Array) => void> {
  const random = seededRandom(2);
  const base = await trainableBase({
    network: denseNet121Network(),
    weights: newDenseNetWeights(random),
    from: null,
  });
  const head = newHead({ pooling: "gap", width: 1024, hidden: 64, classes: 2 }, random);
  const weights = [...base.weights, ...headArrays(head)];
  const optimizer = optimizerFor({ optimizer: "adam", learningRate: 1e-5, decay: 0 }, weights);
  let steps = 0;
  return (images) => {
    const labels = Int32Array.from({ length: images.length / pixels }, (_, image) => image % 2);
    const batch = {
      labels,
      classWeights: Float64Array.of(1, 1),
      loss: "binary-crossentropy",
      mask: null,
    } as const;
    let ofHead: readonly Float32Array[] = [];
    const ofBase = base.gradients(images, (features) => {
      const { byWeight, byFeatures } = headStep(head, { ...batch, features }, true);
      ofHead = byWeight;
      return byFeatures ?? new Float32Array();
    });
    optimizer.apply(weights, [...ofBase, ...ofHead], steps++);
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
