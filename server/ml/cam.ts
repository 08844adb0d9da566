import { dense, type Head } from "./head";

export const saliencyMethods = ["hirescam", "gradcam", "gradcam++"] as const;
export type SaliencyMethod = (typeof saliencyMethods)[number];

/**
 * How much each cell of the last feature map [height, width, channels] speaks for a class, [height, width],
 * after ReLU: the gradient of the class's logit through mean pooling and the head, against the activations.
 * - "hirescam": Σₖ gradient × activation in each cell (Draelos and Carin 2020)
 * - "gradcam": Σₖ mean gradient × activation (Selvaraju et al. 2017). Behind mean pooling every cell of a
 *   channel has the same gradient, so here it is the same map.
 * - "gradcam++": channel weights from higher derivatives of exp(logit) (Chattopadhay et al. 2018), without the
 *   common factor exp(logit), which only scales the map.
 */
export function classActivation(
  featureMap: Float32Array,
  head: Head,
  classIndex: number,
  method: SaliencyMethod,
): Float32Array {
  const channels = head.width;
  const cells = featureMap.length / channels;
  const gradient = logitGradient(head, pooled(featureMap, channels), classIndex).map(
    (slope) => slope / cells,
  );
  const weights = method === "gradcam++" ? plusPlusWeights(featureMap, gradient) : gradient;
  const map = new Float32Array(cells);
  for (let cell = 0; cell < cells; cell++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) {
      sum += (weights[channel] ?? 0) * (featureMap[cell * channels + channel] ?? 0);
    }
    map[cell] = Math.max(sum, 0);
  }
  return map;
}

/** Mean over the cells of a feature map [cells, channels]. */
export function pooled(featureMap: Float32Array, channels: number): Float32Array {
  const cells = featureMap.length / channels;
  const mean = new Float64Array(channels);
  featureMap.forEach((value, at) => {
    mean[at % channels] = (mean[at % channels] ?? 0) + value / cells;
  });
  return Float32Array.from(mean);
}

/** The derivative of a class's logit by each pooled feature. */
function logitGradient(head: Head, features: Float32Array, classIndex: number): Float64Array {
  const { width, hidden, classes } = head;
  const activation = new Float64Array(hidden);
  dense(features, head.hiddenKernel, head.hiddenBias, activation);
  const byHidden = activation.map((value, unit) =>
    value > 0 ? (head.outputKernel[unit * classes + classIndex] ?? 0) : 0,
  );
  return Float64Array.from({ length: width }, (_, feature) =>
    byHidden.reduce((sum, slope, unit) => sum + slope * (head.hiddenKernel[feature * hidden + unit] ?? 0), 0),
  );
}

/** Σ α · ReLU(gradient) with α = g² ÷ (2g² + Σ activation · g³); α is 0 where the divisor is. */
function plusPlusWeights(featureMap: Float32Array, gradient: Float64Array): Float64Array {
  const cells = featureMap.length / gradient.length;
  const means = pooled(featureMap, gradient.length);
  return gradient.map((slope, channel) => {
    const divisor = 2 * slope ** 2 + (means[channel] ?? 0) * cells * slope ** 3;
    return divisor === 0 ? 0 : cells * (slope ** 2 / divisor) * Math.max(slope, 0);
  });
}
