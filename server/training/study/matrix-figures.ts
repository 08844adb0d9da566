import { accuracy, binaryRates } from "@/server/ml/confusion";
import { type Proportion, wilson } from "@/server/ml/proportion";

/** Counts of a test of two classes, the first of which is the positive one. */
export type Counts = { readonly TP: number; readonly FN: number; readonly FP: number; readonly TN: number };

export type MatrixFigures = Record<"accuracy" | "sensitivity" | "specificity" | "f1", number | null>;

/** What follows from a confusion matrix. */
export function figuresOfMatrix({ TP, FN, FP, TN }: Counts): MatrixFigures {
  const confusion = { classes: 2, counts: Float64Array.of(TP, FN, FP, TN) };
  const { sensitivity, specificity, f1 } = binaryRates(confusion, 0);
  return { accuracy: accuracy(confusion), sensitivity, specificity, f1 };
}

/** How exact a sensitivity or specificity of so few images is, if each image were of another patient. */
export function rangeOf(counts: Counts, rate: "sensitivity" | "specificity"): Proportion | null {
  return rate === "sensitivity"
    ? wilson(counts.TP, counts.TP + counts.FN)
    : wilson(counts.TN, counts.TN + counts.FP);
}

/** From [truth][prediction] of two classes, the positive one first. */
export function countsOf(confusion: readonly (readonly number[])[]): Counts {
  const cell = (truth: number, predicted: number) => confusion[truth]?.[predicted] ?? 0;
  return { TP: cell(0, 0), FN: cell(0, 1), FP: cell(1, 0), TN: cell(1, 1) };
}
