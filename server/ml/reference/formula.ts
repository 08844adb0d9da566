import type { NamedArray } from "../named-array";
import { sizeOf } from "../named-array";
import { newCompactWeights } from "../networks/compact";
import { denseNet121Weights } from "../networks/densenet121-layers";
import { efficientNetLite0Weights } from "../networks/efficientnet-lite0-layers";
import { seededRandom } from "../random";

/** Numbers in [0, 1) without pattern that Python computes alike: the twin of `wave` in densenet121.py. */
export function wave(count: number, k: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => unit(i, k));
}

/** DenseNet-121's weights by the formula of densenet121.py, so that no weights file need be stored. */
export function denseNetByFormula(): NamedArray[] {
  return byFormula(denseNet121Weights);
}

/** EfficientNet-Lite0's weights by the formula of efficientnet_lite0.py. */
export function efficientNetByFormula(): NamedArray[] {
  return byFormula(efficientNetLite0Weights);
}

/** The compact network's weights by the formula of keras_networks.py. */
export function compactByFormula(): NamedArray[] {
  return byFormula(newCompactWeights(seededRandom(1)));
}

function byFormula(layout: readonly { name: string; shape: readonly number[] }[]): NamedArray[] {
  return layout.map(({ name, shape }, k) => {
    // A depthwise kernel [h, w, channels, 1] sees one channel.
    const fanIn = sizeOf(shape.slice(0, shape[3] === 1 ? 2 : 3));
    const value = weightBy(name.slice(name.lastIndexOf("/") + 1), Math.sqrt(6 / fanIn));
    return { name, shape, values: Float32Array.from({ length: sizeOf(shape) }, (_, i) => value(unit(i, k))) };
  });
}

function weightBy(weight: string, limit: number): (u: number) => number {
  if (weight === "kernel") return (u) => (u * 2 - 1) * limit;
  if (weight === "gamma") return (u) => 0.8 + 0.4 * u;
  if (weight === "moving_variance") return (u) => 0.5 + u;
  return (u) => 0.2 * (u - 0.5);
}

function unit(i: number, k: number): number {
  const x = Math.sin(i * 12.9898 + k * 78.233) * 43758.5453;
  return x - Math.floor(x);
}
