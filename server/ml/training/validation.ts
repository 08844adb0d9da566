import { type Head, predictHead } from "../head";
import { largestAt } from "../largest";
import { type LossName, lossAndGradient } from "./loss";

/** Mean loss and accuracy of a head on features [n, width], with no class weights; null when n is 0. */
export function evaluateHead(
  head: Head,
  features: Float32Array,
  labels: Int32Array,
  loss: LossName,
): { readonly loss: number; readonly accuracy: number } | null {
  return labels.length === 0 ? null : evaluate(predictHead(head, features), labels, head.classes, loss);
}

/** The same for probabilities [n, classes] that are there already. */
function evaluate(
  probabilities: Float32Array,
  labels: Int32Array,
  classes: number,
  name: LossName,
): { readonly loss: number; readonly accuracy: number } {
  const unused = new Float64Array(classes);
  let loss = 0;
  let correct = 0;
  labels.forEach((label, row) => {
    const own = Float64Array.from(probabilities.subarray(row * classes, (row + 1) * classes));
    loss += lossAndGradient(own, label, name, unused);
    if (largestAt(own) === label) correct++;
  });
  return { loss: loss / labels.length, accuracy: correct / labels.length };
}
