import { type NamedArray, sizeOf } from "../named-array";
import type { Random } from "../random";

/** Blocks of dense layers, by Keras' names, each but the last followed by a transition. */
export const blocks = [
  { name: "conv2", layers: 6, transition: "pool2" },
  { name: "conv3", layers: 12, transition: "pool3" },
  { name: "conv4", layers: 24, transition: "pool4" },
  { name: "conv5", layers: 16, transition: null },
] as const;

const growth = 32;

export type LayerWeights = { readonly name: string; readonly shape: readonly number[] };

/** All weights of DenseNet-121 without its top, as `layer/weight` by Keras' names, in Keras' order. */
export const denseNet121Weights: readonly LayerWeights[] = [...listWeights()];

/**
 * Untrained weights: kernels normal with variance 2 ÷ fan-in (He et al. 2015), BatchNorm the identity. For
 * tests and for the random-features baseline.
 */
export function newDenseNetWeights(random: Random): NamedArray[] {
  return denseNet121Weights.map(({ name, shape }) => {
    const values = new Float32Array(sizeOf(shape));
    if (name.endsWith("/kernel")) {
      const deviation = Math.sqrt(2 / sizeOf(shape.slice(0, 3)));
      for (let at = 0; at < values.length; at++) values[at] = random.normal() * deviation;
    }
    if (name.endsWith("/gamma") || name.endsWith("/moving_variance")) values.fill(1);
    return { name, shape, values };
  });
}

function* listWeights(): Generator<LayerWeights> {
  yield kernel("conv1_conv", 7, 3, 64);
  yield* norm("conv1_bn", 64);
  let channels = 64;
  for (const { name, layers, transition } of blocks) {
    for (let layer = 1; layer <= layers; layer++, channels += growth) {
      const prefix = `${name}_block${layer}`;
      yield* norm(`${prefix}_0_bn`, channels);
      yield kernel(`${prefix}_1_conv`, 1, channels, 4 * growth);
      yield* norm(`${prefix}_1_bn`, 4 * growth);
      yield kernel(`${prefix}_2_conv`, 3, 4 * growth, growth);
    }
    if (!transition) continue;
    yield* norm(`${transition}_bn`, channels);
    yield kernel(`${transition}_conv`, 1, channels, channels / 2);
    channels /= 2;
  }
  yield* norm("bn", channels);
}

function kernel(layer: string, size: number, input: number, output: number): LayerWeights {
  return { name: `${layer}/kernel`, shape: [size, size, input, output] };
}

function norm(layer: string, channels: number): LayerWeights[] {
  return ["gamma", "beta", "moving_mean", "moving_variance"].map((weight) => ({
    name: `${layer}/${weight}`,
    shape: [channels],
  }));
}
