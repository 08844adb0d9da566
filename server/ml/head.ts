import type { NamedArray } from "./named-array";
import type { Pooling } from "./pooling";
import { product } from "./products";
import type { Random } from "./random";

/** A dense layer with ReLU and a dense layer with softmax over pooled features. */
export type Head = {
  /** How the features that it takes were pooled. */
  readonly pooling: Pooling;
  readonly width: number;
  readonly hidden: number;
  readonly classes: number;
  readonly hiddenKernel: Float32Array; // [width, hidden]
  readonly hiddenBias: Float32Array; // [hidden]
  readonly outputKernel: Float32Array; // [hidden, classes]
  readonly outputBias: Float32Array; // [classes]
};

/** A head as Keras starts it: kernels glorot-uniform (Glorot and Bengio 2010), biases zero. */
export function newHead(
  { pooling, width, hidden, classes }: Pick<Head, "pooling" | "width" | "hidden" | "classes">,
  random: Random,
): Head {
  return {
    pooling,
    width,
    hidden,
    classes,
    hiddenKernel: glorotUniform(width, hidden, random),
    hiddenBias: new Float32Array(hidden),
    outputKernel: glorotUniform(hidden, classes, random),
    outputBias: new Float32Array(classes),
  };
}

/** Class probabilities [n, classes] for pooled features [n, width]; each row sums to one. */
export function predictHead(head: Head, features: Float32Array): Float32Array {
  const logits = headLogits(head, features);
  for (let row = 0; row < logits.length; row += head.classes)
    softmax(logits.subarray(row, row + head.classes));
  return logits;
}

/** The scores before softmax, [n, classes], for pooled features [n, width]. */
export function headLogits(head: Head, features: Float32Array): Float32Array {
  const rows = features.length / head.width;
  if (!Number.isInteger(rows)) {
    throw new Error(`Features of length ${features.length} are no rows of ${head.width}`);
  }
  const logits = new Float32Array(rows * head.classes);
  for (let first = 0; first < rows; first += rowsAtOnce) {
    const last = Math.min(first + rowsAtOnce, rows);
    const hidden = product(
      features.subarray(first * head.width, last * head.width),
      head.hiddenKernel,
      head.width,
    );
    for (let at = 0; at < hidden.length; at++) {
      hidden[at] = Math.max((hidden[at] ?? 0) + (head.hiddenBias[at % head.hidden] ?? 0), 0);
    }
    const scores = product(hidden, head.outputKernel, head.hidden);
    const place = first * head.classes;
    scores.forEach((score, at) => {
      logits[place + at] = score + (head.outputBias[at % head.classes] ?? 0);
    });
  }
  return logits;
}

/** Bounds what a product needs of memory. */
const rowsAtOnce = 256;

/** The head's weights under their Keras names; the arrays are the head's own, not copies. */
export function headArrays(head: Head): NamedArray[] {
  const { width, hidden, classes } = head;
  return [
    { name: "head/hidden/kernel", shape: [width, hidden], values: head.hiddenKernel },
    { name: "head/hidden/bias", shape: [hidden], values: head.hiddenBias },
    { name: "head/output/kernel", shape: [hidden, classes], values: head.outputKernel },
    { name: "head/output/bias", shape: [classes], values: head.outputBias },
  ];
}

/** The head that {@link headArrays} took apart; other arrays are ignored. @throws Error when one is missing. */
export function headFromArrays(arrays: readonly NamedArray[], pooling: Pooling): Head {
  const named = (name: string) => {
    const found = arrays.find((array) => array.name === `head/${name}`);
    if (!found) throw new Error(`The head has no ${name}`);
    return found;
  };
  const hiddenKernel = named("hidden/kernel");
  const outputKernel = named("output/kernel");
  const [width = 0, hidden = 0] = hiddenKernel.shape;
  return {
    pooling,
    width,
    hidden,
    classes: outputKernel.shape[1] ?? 0,
    hiddenKernel: hiddenKernel.values,
    hiddenBias: named("hidden/bias").values,
    outputKernel: outputKernel.values,
    outputBias: named("output/bias").values,
  };
}

/** Softmax in place; the largest score is taken off first so that no exponential overflows. */
export function softmax(scores: Float32Array | Float64Array): void {
  const largest = Math.max(...scores);
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    const exponential = Math.exp((scores[i] ?? 0) - largest);
    scores[i] = exponential;
    sum += exponential;
  }
  for (let i = 0; i < scores.length; i++) scores[i] = (scores[i] ?? 0) / sum;
}

function glorotUniform(inputs: number, outputs: number, random: Random): Float32Array {
  const limit = Math.sqrt(6 / (inputs + outputs));
  return Float32Array.from({ length: inputs * outputs }, () => (random.uniform() * 2 - 1) * limit);
}
