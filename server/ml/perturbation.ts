import { eachShare, type OverlayMap } from "./colour-map";
import type { Random } from "./random";

/** Between nothing and all of the pixels. */
export const perturbationSteps = 20;

/** Probability of the explained class by the share of pixels changed, 0 to 1 in `perturbationSteps` equal steps. */
export type PerturbationCurves = {
  readonly deletion: number[];
  readonly insertion: number[];
  /** The same in a random order, as the control. */
  readonly randomDeletion: number[];
  readonly randomInsertion: number[];
};

type Asked = {
  readonly image: Float32Array; // [size, size, channels], the network's input
  readonly size: number;
  readonly map: OverlayMap;
  /** Draws the control's order, which also decides between pixels of the same saliency. */
  readonly random: Random;
  /** Probability of the explained class for images [n, size, size, channels]. */
  predict(images: Float32Array): Promise<ArrayLike<number>>;
};

/**
 * Whether a saliency map names the pixels that a network needs: deletion and insertion after RISE (Petsiuk, Das and
 * Saenko 2018, and `evaluation.py` of their code). Pixels change in the order of the map, bilinear to the
 * input's size: deletion replaces them by the input's mean per channel, insertion starts from the blurred input and
 * brings them back. Theirs takes away to ImageNet's mean, a grey that no film has; black would look like a film's border.
 */
export async function perturbationCurves({
  image,
  size,
  map,
  random,
  predict,
}: Asked): Promise<PerturbationCurves> {
  const control = Uint32Array.from(random.shuffle(new Uint32Array(size * size).keys()));
  const order = bySaliency(map, size, control);
  const [mean, blurred] = [meanImage(image, size), blurredImage(image, size)];
  const curve = async (from: Float32Array, to: Float32Array, pixels: Uint32Array) =>
    Array.from(await predict(perturbed(from, to, pixels)));
  return {
    deletion: await curve(image, mean, order),
    insertion: await curve(blurred, image, order),
    randomDeletion: await curve(image, mean, control),
    randomInsertion: await curve(blurred, image, control),
  };
}

/** Area under a curve over shares 0 to 1 in equal steps, by trapezia. */
export function areaUnder(curve: readonly number[]): number {
  const ends = ((curve.at(0) ?? 0) + (curve.at(-1) ?? 0)) / 2;
  return (curve.reduce((sum, value) => sum + value, 0) - ends) / (curve.length - 1);
}

/** Pixels of the input from the most salient on; equals, as in the map's dark, stay in the control's order. */
function bySaliency(map: OverlayMap, size: number, control: Uint32Array): Uint32Array {
  const shares = new Float64Array(size * size);
  eachShare(map, size, size, (share, at) => {
    shares[at] = share;
  });
  return control.slice().sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0));
}

/** [steps + 1, size, size, channels]: `from`, and after each step with more of `to`, which comes last. */
function perturbed(from: Float32Array, to: Float32Array, order: Uint32Array): Float32Array {
  const channels = from.length / order.length;
  const images = new Float32Array((perturbationSteps + 1) * from.length);
  const current = from.slice();
  let done = 0;
  for (let step = 0; step <= perturbationSteps; step++) {
    for (const until = Math.round((step * order.length) / perturbationSteps); done < until; done++) {
      const at = (order[done] ?? 0) * channels;
      current.set(to.subarray(at, at + channels), at);
    }
    images.set(current, step * from.length);
  }
  return images;
}

function meanImage(image: Float32Array, size: number): Float32Array {
  const channels = image.length / size ** 2;
  const sums = new Float64Array(channels);
  image.forEach((value, at) => {
    sums[at % channels] = (sums[at % channels] ?? 0) + value;
  });
  return image.map((_, at) => (sums[at % channels] ?? 0) / size ** 2);
}

/** As theirs: 5 pixels on an input of 224. */
const blurShare = 5 / 224;

/** A Gaussian of three deviations either way over rows and columns; edges go on as they end. */
function blurredImage(image: Float32Array, size: number): Float32Array {
  const channels = image.length / size ** 2;
  const deviation = blurShare * size;
  const radius = Math.floor(3 * deviation + 0.5);
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, tap) =>
    Math.exp(-((tap - radius) ** 2) / (2 * deviation ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const along = (values: Float32Array, step: number) =>
    values.map((_, at) => {
      const place = Math.floor(at / step) % size;
      return weights.reduce((sum, weight, tap) => {
        const seen = Math.min(Math.max(place + tap - radius, 0), size - 1);
        return sum + (weight / total) * (values[at + (seen - place) * step] ?? 0);
      }, 0);
    });
  return along(along(image, channels), channels * size);
}
