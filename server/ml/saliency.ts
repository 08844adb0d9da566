import * as tf from "@tensorflow/tfjs-core";
import { classActivation } from "./cam";
import { type Head, headLogits, predictHead } from "./head";
import type { Base } from "./networks/network";
import { poolMap, windowsOf } from "./pooling";
import type { SaliencyMethod } from "./saliency-methods";

export type Saliency = {
  readonly map: Float32Array; // [height, width], raw, after ReLU
  readonly height: number;
  readonly width: number;
  readonly min: number;
  readonly max: number;
  /** The class's logit, before softmax. */
  readonly score: number;
  readonly probability: number;
};

/**
 * Where the network looked for a class: a hint at what the model used, not a finding. Computed on the last
 * feature map after its ReLU; the base runs forward only. `image` is one preprocessed image
 * [size, size, channels].
 * @throws Error when the image or the class does not fit the network and the head.
 */
export function saliency(asked: {
  readonly base: Base;
  readonly head: Head;
  readonly image: Float32Array;
  readonly classIndex: number;
  readonly method: SaliencyMethod;
}): Saliency {
  const { base, head, image, classIndex, method } = asked;
  const { inputSize, channels } = base.spec;
  if (classIndex < 0 || classIndex >= head.classes) {
    throw new Error(`Class ${classIndex} is none of the head's ${head.classes}`);
  }
  const { values, height, width } = tf.tidy(() => {
    const { map } = base.forward(tf.tensor4d(image, [1, inputSize, inputSize, channels]));
    return { values: Float32Array.from(map.dataSync()), height: map.shape[1], width: map.shape[2] };
  });
  const windows = windowsOf(head.pooling, height, width);
  const features = poolMap(values, windows);
  const map = classActivation(values, windows, head, classIndex, method);
  return {
    map,
    height,
    width,
    min: map.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
    max: map.reduce((most, value) => Math.max(most, value), 0),
    score: headLogits(head, features)[classIndex] ?? 0,
    probability: predictHead(head, features)[classIndex] ?? 0,
  };
}
