import { differenceInWords } from "./difference-words";
import type { SiblingsResult } from "./sibling-schema";

/** Says plainly what the fairest of the three ways found, and when the interval holds zero. */
export function siblingVerdict({ sets }: SiblingsResult): string {
  const leaked = sets.find(({ on }) => on === "leaked");
  const figures = leaked?.figures.filter(({ difference }) => difference.value !== null) ?? [];
  if (!leaked || figures.length === 0) return "No test image has a sibling in training, so nothing can leak.";
  const said = figures.map(({ metric, difference: found, beyondNoise }) => {
    const name = metric === "auc" ? "AUC" : metric;
    const size =
      metric === "auc" ? differenceInWords(found) : `${differenceInWords(found, 1, 100)} percentage points`;
    return `${name} ${size}, ${beyondNoise ? "beyond noise" : "an interval that holds zero"}`;
  });
  const beyond = figures.filter(({ beyondNoise }) => beyondNoise);
  const flatters = beyond.some(({ difference }) => (difference.value ?? 0) > 0);
  const harms = beyond.some(({ difference }) => (difference.value ?? 0) < 0);
  const meaning =
    beyond.length === 0
      ? "So a cost of the leak cannot be shown on this cohort; that is no proof that there is none, least of all where something easier than the patient already tells the classes apart."
      : flatters && harms
        ? "So the split by image changes what the model seems to do, for better and for worse."
        : flatters
          ? "So the split by image does flatter the model."
          : "So here siblings in training make the model look worse, not better.";
  return `On the ${leaked.images} test images that leak in one split or another (${leaked.patients} patients), a patient's other films in training change: ${said.join("; ")}. ${meaning}`;
}
