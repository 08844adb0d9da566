import * as tf from "@tensorflow/tfjs-core";
import { type Head, predictHead } from "./head";
import type { Base } from "./networks/network";

/** Class probabilities [n, classes] of preprocessed images [n, size, size, channels]. */
export function predictImages(base: Base, head: Head, images: Float32Array, batchSize = 16): Float32Array {
  return predictHead(head, pooledFeatures(base, images, batchSize));
}

/**
 * Pooled features [n, featureWidth] of preprocessed images [n, size, size, channels], computed in batches.
 * @throws Error when the images' length is no multiple of one image.
 */
export function pooledFeatures(base: Base, images: Float32Array, batchSize = 16): Float32Array {
  const { inputSize, channels, featureWidth } = base.spec;
  const pixels = inputSize * inputSize * channels;
  const count = images.length / pixels;
  if (!Number.isInteger(count)) throw new Error(`${images.length} numbers are no images of ${pixels}`);
  const pooled = new Float32Array(count * featureWidth);
  for (let first = 0; first < count; first += batchSize) {
    const last = Math.min(first + batchSize, count);
    const batch = images.subarray(first * pixels, last * pixels);
    const values = tf.tidy(() => {
      const input = tf.tensor4d(batch, [last - first, inputSize, inputSize, channels]);
      return base.forward(input).features.dataSync();
    });
    pooled.set(values, first * featureWidth);
  }
  return pooled;
}
