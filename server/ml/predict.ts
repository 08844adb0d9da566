import * as tf from "@tensorflow/tfjs-core";
import { type Head, predictHead } from "./head";
import type { Base } from "./networks/network";
import { poolTensor } from "./pool-tensor";
import { type Pooling, pooledWidth } from "./pooling";

/** Class probabilities [n, classes] of preprocessed images [n, size, size, channels]. */
export function predictImages(base: Base, head: Head, images: Float32Array, batchSize = 16): Float32Array {
  return predictHead(head, pooledFeatures(base, images, batchSize, head.pooling));
}

/**
 * Pooled features [n, width of the pooling] of preprocessed images [n, size, size, channels], computed in batches.
 * @throws Error when the images' length is no multiple of one image.
 */
export function pooledFeatures(
  base: Base,
  images: Float32Array,
  batchSize = 16,
  pooling: Pooling = "gap",
): Float32Array {
  const { inputSize, channels, featureMap } = base.spec;
  const width = pooledWidth(pooling, featureMap);
  const pixels = inputSize * inputSize * channels;
  const count = images.length / pixels;
  if (!Number.isInteger(count)) throw new Error(`${images.length} numbers are no images of ${pixels}`);
  const pooled = new Float32Array(count * width);
  for (let first = 0; first < count; first += batchSize) {
    const last = Math.min(first + batchSize, count);
    const batch = images.subarray(first * pixels, last * pixels);
    const values = tf.tidy(() => {
      const input = tf.tensor4d(batch, [last - first, inputSize, inputSize, channels]);
      const { map, features } = base.forward(input);
      return (pooling === "gap" ? features : poolTensor(map, pooling)).dataSync();
    });
    pooled.set(values, first * width);
  }
  return pooled;
}
