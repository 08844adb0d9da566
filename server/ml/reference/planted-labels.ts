import type { Predicted } from "../confident-learning";
import { wave } from "./planted-ratings";

/** Labels of which a share is wrong, and what a fair model says: the twin of `planted` in confident_learning.py. */
export function plantedLabels(images: number, classes: number, noise: number): Predicted {
  const rows = Array.from({ length: images }, (_, i) => {
    const truth = Math.floor(wave(i, 1000) ** 1.5 * classes);
    const moved = (truth + 1 + Math.floor(wave(i, 1001) * (classes - 1))) % classes;
    const raw = Array.from({ length: classes }, (_, k) => {
      return (wave(i, 1010 + k) + (truth === k ? 0.9 * wave(i, 1003) : 0)) ** 2;
    });
    const sum = raw.reduce((total, one) => total + one, 0);
    return { label: wave(i, 1002) < noise ? moved : truth, of: raw.map((one) => one / sum) };
  });
  return {
    labels: rows.map(({ label }) => label),
    probabilities: Float64Array.from(rows.flatMap(({ of }) => of)),
    classes,
  };
}
