import * as tf from "@tensorflow/tfjs-core";
import type { Head } from "../head";
import type { NamedArray } from "../named-array";
import { compactLayer, compactLayers, standardised } from "./compact";

/**
 * Fits untrained weights to a sample of the training images [n, 96, 96, 1], in place: each convolution's
 * outputs get mean 0 and deviation 1 per channel (data-dependent initialisation, Salimans and Kingma 2016),
 * and the head's first layer sees standardised features. Without it the pooled features are nearly the same
 * for every film, and the first epochs only learn the classes' shares. It stands in for BatchNorm, with no
 * statistics to keep.
 */
export function fitToSample(weights: readonly NamedArray[], head: Head, images: tf.Tensor4D): void {
  tf.tidy(() => {
    let x = standardised(images);
    compactLayers.forEach((layer, index) => {
      const [kernel, bias] = weights.slice(2 * index, 2 * index + 2);
      if (!kernel || !bias) throw new Error(`The compact network got only ${weights.length} weights`);
      const raw = compactLayer(x, layer, tf.tensor(kernel.values), tf.zeros([layer.output]));
      const { mean, deviation } = channelMoments(raw, [0, 1, 2]);
      for (let at = 0; at < kernel.values.length; at++) {
        kernel.values[at] = (kernel.values[at] ?? 0) / (deviation[at % layer.output] ?? 1);
      }
      bias.values.set(mean.map((value, channel) => -value / (deviation[channel] ?? 1)));
      x = tf.relu(compactLayer(x, layer, tf.tensor(kernel.values), tf.tensor(bias.values)));
    });
    standardiseInto(head, channelMoments(tf.mean(x, [1, 2]), [0]));
  });
}

type Moments = { readonly mean: Float32Array; readonly deviation: Float32Array };

function channelMoments(x: tf.Tensor, axes: number[]): Moments {
  const { mean, variance } = tf.moments(x, axes);
  return {
    mean: Float32Array.from(mean.dataSync()),
    deviation: Float32Array.from(variance.dataSync(), (value) => Math.sqrt(value) + 1e-3),
  };
}

/** (x − mean) ÷ deviation, folded into the head's first layer. */
function standardiseInto(head: Head, { mean, deviation }: Moments): void {
  const { hidden, hiddenKernel, hiddenBias } = head;
  for (let at = 0; at < hiddenKernel.length; at++) {
    const channel = Math.floor(at / hidden);
    const weight = (hiddenKernel[at] ?? 0) / (deviation[channel] ?? 1);
    hiddenKernel[at] = weight;
    hiddenBias[at % hidden] = (hiddenBias[at % hidden] ?? 0) - weight * (mean[channel] ?? 0);
  }
}
