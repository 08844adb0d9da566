import type { NamedArray } from "../named-array";
import { wasmFunction } from "../wasm-function";
import { adamBinary } from "./adam-binary";
import { eachPair, type Optimizer } from "./optimizer";

const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-7];
const pageBytes = 65_536;
const compiled = new WebAssembly.Module(Buffer.from(adamBinary, "base64"));

/**
 * Kingma and Ba 2015, with Keras' ε = 1e-7 outside the root and the bias correction in the rate, in float32 as Keras
 * has it. By the processor's vector unit, the moments staying in its memory: several times as fast as a loop here, and
 * the same to the last bit on every machine.
 *
 * @param stored moments of a run that goes on, in the order of `Optimizer.moments`; empty for a new one
 */
export function adam(
  rateAt: (step: number) => number,
  weights: readonly NamedArray[],
  stored: readonly NamedArray[],
): Optimizer {
  const { memory, places, values, gradient } = reserve(weights);
  const move = wasmFunction(new WebAssembly.Instance(compiled, { adam: { memory } }).exports.move);
  const numbers = (place: number, length: number) => new Float32Array(memory.buffer, place, length);
  const moments = (["m", "v"] as const).flatMap((moment) =>
    weights.map((weight, index) => ({
      ...weight,
      name: `${moment}/${weight.name}`,
      values: numbers(places[index]?.[moment] ?? 0, weight.values.length),
    })),
  );
  stored.forEach((own, index) => {
    moments[index]?.values.set(own.values);
  });
  return {
    moments,
    apply(current, gradients, step) {
      const corrected = (rateAt(step) * Math.sqrt(1 - beta2 ** (step + 1))) / (1 - beta1 ** (step + 1));
      eachPair(current, gradients, (weight, slope, index) => {
        const { m = 0, v = 0 } = places[index] ?? {};
        const moved = numbers(values, weight.length);
        moved.set(weight);
        numbers(gradient, slope.length).set(slope);
        const bytes = filledUp(weight.length);
        move(values, gradient, m, v, bytes, corrected, 1 - beta1, 1 - beta2, epsilon);
        weight.set(moved);
      });
    },
  };
}

/** Memory for two moments of every weight, and for the largest weight and its gradient while they are worked on. */
function reserve(weights: readonly NamedArray[]) {
  const sizes = weights.map((weight) => filledUp(weight.values.length));
  const largest = Math.max(...sizes);
  let end = 2 * largest;
  const places = sizes.map((size) => {
    const place = { m: end, v: end + size };
    end += 2 * size;
    return place;
  });
  const memory = new WebAssembly.Memory({ initial: Math.ceil(end / pageBytes) });
  return { memory, places, values: 0, gradient: largest };
}

/** Bytes of so many float32 numbers, filled up to whole fours. */
function filledUp(length: number): number {
  return 16 * Math.ceil(length / 4);
}
