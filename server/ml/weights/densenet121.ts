import { ExpectedFailure } from "@/server/lib/errors";
import type { NamedArray } from "../named-array";
import { denseNet121Weights } from "../networks/densenet121-layers";
import { readKerasH5 } from "./keras-h5";

export type LoadedWeights = {
  readonly weights: readonly NamedArray[];
  /** Names in the file that the network has no place for, e.g. the classifier's. */
  readonly unused: readonly string[];
};

/**
 * DenseNet-121's weights from a Keras `.h5` file, with or without its top, addressed by layer name.
 * @throws ExpectedFailure "invalid" for a file that cannot be read, or is of another network: every missing
 * weight and every wrong shape is in `detail`, the first of them in the message.
 */
export async function loadDenseNet(path: string): Promise<LoadedWeights> {
  const found = new Map((await readKerasH5(path)).map((array) => [array.name, array]));
  const missing = denseNet121Weights.filter(({ name }) => !found.has(name)).map(({ name }) => name);
  const wrongShape = denseNet121Weights.flatMap(({ name, shape }) => {
    const own = found.get(name)?.shape ?? shape;
    return own.join() === shape.join() ? [] : [`${name} is ${own.join(" × ")}, not ${shape.join(" × ")}`];
  });
  const known = new Set(denseNet121Weights.map(({ name }) => name));
  const unused = [...found.keys()].filter((name) => !known.has(name));
  const [firstMissing] = missing;
  const [firstWrong] = wrongShape;
  if (firstMissing || firstWrong) {
    const first = firstMissing ? `${firstMissing} is missing` : firstWrong;
    const count = missing.length + wrongShape.length;
    throw new ExpectedFailure(
      "invalid",
      `The file does not hold DenseNet-121: ${first}${count > 1 ? `, and ${count - 1} more weights do not fit` : ""}.`,
      { missing, wrongShape, unused },
    );
  }
  return { weights: denseNet121Weights.flatMap(({ name }) => found.get(name) ?? []), unused };
}
