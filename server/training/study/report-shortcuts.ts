import { differenceInWords } from "@/server/integrity/difference-words";
import type { ShortcutsResult } from "@/server/integrity/shortcut-schema";
import { lookWords, propertyWords, shortcutVerdict } from "@/server/integrity/shortcut-words";
import { figure, plain, table } from "./words";

/** What the classes are told by, before any model's accuracy. */
export function shortcutSection(result: ShortcutsResult): string {
  const { properties, retraining, classes, folds } = result;
  const [first = ""] = classes;
  return [
    "## What the classes are told by",
    shortcutVerdict(result).sentence,
    `Each row below is a predictor of “${first}” that is given one property and nothing else: a logistic regression, cross-validated in ${folds} folds that keep every patient in one fold. 0.5 is guessing, 1 is without error. Cramér's V (bias-corrected) says how far property and class go together, from 0 to 1. A value that is not recorded counts as a kind of its own, since a gap in the table can tell the source as well as a value does.`,
    table(
      ["what it is given", "Cramér's V", "AUC (95% interval)"],
      properties.map(({ name, cramersV, aucs }) => [
        propertyWords[name],
        plain(cramersV, 2),
        aucs.map(({ auc }) => figure(auc)).join(", "),
      ]),
    ),
    "![AUC of each property alone](shortcuts.svg)",
    ...(retraining ? [retrainingText(retraining)] : []),
    "Not measured: text and markers burnt into the film, tubes and lines, how ill the patients were, the year and the machine.",
  ].join("\n\n");
}

function retrainingText(retraining: NonNullable<ShortcutsResult["retraining"]>): string {
  return [
    "The same can be asked of the network itself: heads on features of films of which only a part was left to see, each image judged by a head that never saw its patient.",
    table(
      ["what the network sees", "AUC (95% interval)", "lost against the whole film"],
      retraining.looks.map(({ look, aucs, lost }) => [
        lookWords[look],
        aucs.map(({ auc }) => figure(auc)).join(", "),
        look === "whole" ? "" : lost.map(({ auc }) => differenceInWords(auc)).join(", "),
      ]),
    ),
    "The frame is the outer 8% of each side. A high AUC from the frame shows that a model need not look at the lungs; a high AUC from the centre does not show that it does: sharpness, compression, exposure and the shape of the chest, which the resizing to a square betrays, reach into the centre too.",
  ].join("\n\n");
}
