import { foldedAucs } from "@/server/ml/folded";
import { type CheckedFilms, estimateOf } from "./check-properties";
import type { Retraining } from "./shortcut-schema";

/** Out-of-fold class probabilities [images, classes] of heads that saw this much of each film. */
export type LookScores = {
  readonly look: Retraining["looks"][number]["look"];
  readonly probabilities: Float32Array;
};

/**
 * AUCs by what was left to see, and what was lost against the whole film, on the same draws of patients. If the
 * AUC hardly falls when the centre is black, the model reads the frame (integrity.md, Shortcuts).
 * @param scores the whole film first
 */
export function compareLooks(scores: readonly LookScores[], films: CheckedFilms): Retraining["looks"] {
  const { classes, labels, folds, groups, seed } = films;
  const asked = classes.length === 2 ? classes.slice(0, 1) : classes;
  const perClass = asked.map((_, own) => {
    const positive = Uint8Array.from(labels, (label) => Number(label === own));
    const sets = scores.map(({ probabilities }) =>
      Float64Array.from(labels, (_, image) => probabilities[image * classes.length + own] ?? 0),
    );
    return foldedAucs(sets, positive, folds, { groups, seed });
  });
  const of = (figures: "aucs" | "lost", at: number) =>
    asked.map((name, own) => ({ class: name, auc: estimateOf(perClass[own]?.[figures][at]) }));
  return scores.map(({ look }, at) => ({ look, aucs: of("aucs", at), lost: of("lost", at) }));
}
