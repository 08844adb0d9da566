import type { NamedArray } from "../named-array";
import { sizeOf } from "../named-array";
import { denseNet121Weights } from "../networks/densenet121-layers";

/** Numbers in [0, 1) without pattern that Python computes alike: the twin of `wave` in densenet121.py. */
export function wave(count: number, k: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => unit(i, k));
}

/** DenseNet-121's weights by the formula of densenet121.py, so that no weights file need be stored. */
export function denseNetByFormula(): NamedArray[] {
  return denseNet121Weights.map(({ name, shape }, k) => {
    const limit = Math.sqrt(6 / sizeOf(shape.slice(0, 3)));
    const value = weightBy(name.slice(name.lastIndexOf("/") + 1), limit);
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
