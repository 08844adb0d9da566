import { ExpectedFailure } from "@/server/lib/errors";
import { type NamedArray, sizeOf } from "../named-array";
import type { WeightsFacts } from "./facts";
import type { Naming, Place, WeightShape } from "./layout";
import type { StoredArray, StoredWeights } from "./stored";

export type LoadedWeights = WeightsFacts & {
  readonly weights: readonly NamedArray[];
  readonly parameters: number;
  /** Names in the file that the network has no place for, e.g. the classifier's. */
  readonly unused: readonly string[];
};

/** What a file is read for. */
export type Layout = {
  /** The network's title. */
  readonly title: string;
  /** As its registry entry counts them. */
  readonly parameters: number;
  readonly weights: readonly WeightShape[];
  /** The ways in which files name them; the one that knows most of a file's names is taken. */
  readonly namings: readonly Naming[];
  /** What a file that fits says of the model that it comes from. */
  facts(stored: StoredWeights): WeightsFacts;
};

/**
 * A file's arrays as the network's weights, in the network's order and shapes. Only what fits is taken out of
 * the file. PyTorch's batch counters (`num_batches_tracked`) are no weights and count as neither used nor unused.
 * @throws ExpectedFailure "invalid" when the file is of another network: every missing weight and every wrong
 * shape is in `detail`, the first of them in the message.
 */
export function fitWeights(stored: StoredWeights, layout: Layout): LoadedWeights {
  const { arrays } = stored;
  const names = [...arrays.keys()].filter((name) => !name.endsWith("num_batches_tracked"));
  const placed = placeNames(names, layout);
  const known = new Set(layout.weights.map(({ name }) => name));
  const unused = names.filter((name) => !known.has(placed.get(name)?.name ?? ""));
  const sources = new Map(names.flatMap((name) => sourceOf(name, placed.get(name), arrays)));
  const missing = layout.weights.filter(({ name }) => !sources.has(name)).map(({ name }) => name);
  const wrongShape = layout.weights.flatMap(({ name, shape }) => {
    const own = sources.get(name)?.shape ?? shape;
    return own.join() === shape.join() ? [] : [`${name} is ${own.join(" × ")}, not ${shape.join(" × ")}`];
  });
  if (missing.length + wrongShape.length > 0) throw doesNotFit(layout.title, { missing, wrongShape, unused });
  const weights = layout.weights.flatMap(({ name, shape }) => {
    const source = sources.get(name);
    return source ? { name, shape, values: source.read() } : [];
  });
  return { weights, parameters: layout.parameters, unused, ...layout.facts(stored) };
}

function placeNames(names: readonly string[], { namings }: Layout): Map<string, Place> {
  const candidates = namings.map(
    (naming) =>
      new Map(
        names.flatMap((name): [string, Place][] => {
          const place = naming.place(name);
          return place ? [[name, place]] : [];
        }),
      ),
  );
  return candidates.reduce((best, one) => (one.size > best.size ? one : best), new Map<string, Place>());
}

function sourceOf(
  name: string,
  place: Place | undefined,
  stored: StoredWeights["arrays"],
): [string, StoredArray][] {
  const own = stored.get(name);
  if (!place || !own) return [];
  const { axes } = place;
  const array = place.adapt?.(own) ?? own;
  if (axes?.length !== array.shape.length) return [[place.name, array]];
  const shape = axes.map((axis) => array.shape[axis] ?? 0);
  return [[place.name, { shape, read: () => transposed(array.read(), array.shape, axes) }]];
}

/** Row-major values of `shape` with its axes in another order. */
function transposed(values: Float32Array, shape: readonly number[], axes: readonly number[]): Float32Array {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const lengths = axes.map((axis) => shape[axis] ?? 0);
  const steps = axes.map((axis) => strides[axis] ?? 0);
  const result = new Float32Array(values.length);
  for (let at = 0; at < result.length; at++) {
    let rest = at;
    let from = 0;
    for (let axis = lengths.length - 1; axis >= 0; axis--) {
      const length = lengths[axis] ?? 1;
      from += (rest % length) * (steps[axis] ?? 0);
      rest = Math.floor(rest / length);
    }
    result[at] = values[from] ?? 0;
  }
  return result;
}

type Misfit = {
  readonly missing: readonly string[];
  readonly wrongShape: readonly string[];
  readonly unused: readonly string[];
};

function doesNotFit(title: string, detail: Misfit): ExpectedFailure {
  const [firstMissing] = detail.missing;
  const first = firstMissing ? `${firstMissing} is missing` : detail.wrongShape[0];
  const others = detail.missing.length + detail.wrongShape.length - 1;
  return new ExpectedFailure(
    "invalid",
    `The file does not hold ${title}: ${first}${others > 0 ? `, and ${others} more weights do not fit` : ""}.`,
    detail,
  );
}
