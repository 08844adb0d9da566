import type { Head } from "./head";
import { poolMap, type Windows } from "./pooling";
import { product } from "./products";
import type { SaliencyMethod } from "./saliency-methods";

/**
 * How much each cell of the last feature map [height, width, channels] speaks for a class, [height, width],
 * after ReLU: the gradient of the class's logit through pooling and the head, against the activations.
 * - "hirescam": Σₖ gradient × activation in each cell (Draelos and Carin 2020); a cell that the pooling does not
 *   see stays dark
 * - "gradcam": Σₖ mean gradient × activation (Selvaraju et al. 2017). Behind mean pooling every cell of a
 *   channel has the same gradient, so there it is the same map.
 * - "gradcam++": channel weights from higher derivatives of exp(logit) (Chattopadhay et al. 2018), without the
 *   common factor exp(logit), which only scales the map.
 */
export function classActivation(
  featureMap: Float32Array,
  windows: Windows,
  head: Head,
  classIndex: number,
  method: SaliencyMethod,
): Float32Array {
  const byFeature = logitGradient(head, poolMap(featureMap, windows), classIndex);
  const gradient = gradientByCell(byFeature, windows);
  const cells = windows.of.length;
  const channels = gradient.length / cells;
  const weights = method === "hirescam" ? null : channelWeights(featureMap, gradient, channels, method);
  const map = new Float32Array(cells);
  for (let cell = 0; cell < cells; cell++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) {
      const at = cell * channels + channel;
      sum += ((weights ? weights[channel] : gradient[at]) ?? 0) * (featureMap[at] ?? 0);
    }
    map[cell] = Math.max(sum, 0);
  }
  return map;
}

/** The derivative of a class's logit by each pooled feature. */
function logitGradient(head: Head, features: Float32Array, classIndex: number): Float64Array {
  const { width, hidden, classes } = head;
  const sums = product(features, head.hiddenKernel, width);
  const byHidden = sums.map((sum, unit) =>
    sum + (head.hiddenBias[unit] ?? 0) > 0 ? (head.outputKernel[unit * classes + classIndex] ?? 0) : 0,
  );
  return Float64Array.from({ length: width }, (_, feature) =>
    byHidden.reduce((sum, slope, unit) => sum + slope * (head.hiddenKernel[feature * hidden + unit] ?? 0), 0),
  );
}

/** Back through the pooling, [cells, channels]: each cell of a window had an equal part in its mean. */
function gradientByCell(byFeature: Float64Array, windows: Windows): Float64Array {
  const channels = byFeature.length / windows.count;
  return Float64Array.from({ length: windows.of.length * channels }, (_, at) => {
    const window = windows.of[Math.floor(at / channels)] ?? -1;
    return window < 0 ? 0 : (byFeature[window * channels + (at % channels)] ?? 0) / windows.cells;
  });
}

/**
 * One weight per channel: the mean gradient, or for "gradcam++" Σ α · ReLU(gradient) over the cells with
 * α = g² ÷ (2g² + Σ activation · g³), 0 where the divisor is.
 */
function channelWeights(
  featureMap: Float32Array,
  gradient: Float64Array,
  channels: number,
  method: "gradcam" | "gradcam++",
): Float64Array {
  const cells = gradient.length / channels;
  return Float64Array.from({ length: channels }, (_, channel) => {
    const places = Array.from({ length: cells }, (_, cell) => cell * channels + channel);
    const sumOf = (values: Float32Array | Float64Array) =>
      places.reduce((sum, at) => sum + (values[at] ?? 0), 0);
    if (method === "gradcam") return sumOf(gradient) / cells;
    const activation = sumOf(featureMap);
    return places.reduce((sum, at) => {
      const slope = gradient[at] ?? 0;
      const divisor = 2 * slope ** 2 + activation * slope ** 3;
      return divisor === 0 ? sum : sum + (slope ** 2 / divisor) * Math.max(slope, 0);
    }, 0);
  });
}
