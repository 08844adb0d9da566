import type { Scored } from "../metrics";
import { wave } from "./formula";

const count = 60;

/** The two-class predictions of metrics.py: its `y` and `p`. */
export function twoClasses(): Scored {
  const labels = Int32Array.from(wave(count, 1), (u) => Number(u > 0.6));
  const scores = scoresOf(labels, { base: 0.35, lift: 0.25, noise: [2, 3] });
  return { labels, classes: 2, probabilities: pairs(scores) };
}

/** The second model's scores of metrics.py, `q`, for the same images. */
export function secondScores(labels: Int32Array): Float64Array {
  return scoresOf(labels, { base: 0.55, lift: 0.15, noise: [4, 5] });
}

/** The three-class predictions of metrics.py: its `y3` and `p3`. */
export function threeClasses(): Scored {
  const labels = Int32Array.from(wave(count, 6), (u) => Math.floor(u * 3));
  const columns = [0, 1, 2].map((own) =>
    wave(count, 7 + own).map((u, i) => u + (labels[i] === own ? 0.4 : 0)),
  );
  const probabilities = new Float64Array(count * 3);
  for (let i = 0; i < count; i++) {
    const row = columns.map((column) => column[i] ?? 0);
    const sum = row.reduce((a, b) => a + b, 0);
    probabilities.set(
      row.map((value) => value / sum),
      i * 3,
    );
  }
  return { labels, probabilities, classes: 3 };
}

type Recipe = { readonly base: number; readonly lift: number; readonly noise: readonly [number, number] };

function scoresOf(labels: Int32Array, { base, lift, noise }: Recipe): Float64Array {
  const [first, second] = noise.map((k) => wave(count, k));
  return Float64Array.from(labels, (label, i) => {
    const raw = base * (first?.[i] ?? 0) + lift * label + 0.2 * (second?.[i] ?? 0);
    return Math.fround(Math.round(Math.min(Math.max(raw, 0), 1) * 100) / 100);
  });
}

function pairs(scores: Float64Array): Float64Array {
  return Float64Array.from([...scores].flatMap((score) => [1 - score, score]));
}
