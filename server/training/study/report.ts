import { shortcutVerdict } from "@/server/integrity/shortcut-words";
import { siblingVerdict } from "@/server/integrity/sibling-words";
import { figuresOfMatrix } from "./matrix-figures";
import { leakSection } from "./report-leak";
import { modelSection } from "./report-models";
import { shortcutSection } from "./report-shortcuts";
import type { StudyFacts } from "./study-facts";
import { figure, plain, table } from "./words";

/** As the study counts its cohort. */
const publishedFilms = 1498;

/** The report of a reproduced study, in Markdown; its plots lie beside it. */
export function studyReport(facts: StudyFacts): string {
  return `${[
    "# The published study, done again",
    inShort(facts),
    shortcutSection(facts.shortcuts),
    modelSection(facts),
    leakSection(facts),
    contradictionSection(facts),
    methodSection(facts),
  ].join("\n\n")}\n`;
}

/** One paragraph for who reads no further. */
function inShort(facts: StudyFacts): string {
  const { random, patient } = facts.splits;
  const of = (study: typeof random, name: "sensitivity" | "specificity" | "auc") => {
    const metric = study.run.metrics?.parts.test.metrics[name];
    return metric ? figure(metric, 2) : "–";
  };
  const covid = Object.entries(random.audit.parts.test.byClass)[0];
  const { verdict, sentence } = shortcutVerdict(facts.shortcuts);
  const meaning =
    verdict === "told"
      ? "So no accuracy on this cohort, the published one and ours included, says how well a model recognises the disease in a lung: it may as well measure where a film came from."
      : "The accuracies below have to be read with that in mind.";
  return [
    "**In short.**",
    sentence,
    meaning,
    `On a split by image, as published, the best of our 72 heads finds COVID with a sensitivity of ${of(random, "sensitivity")} at a specificity of ${of(random, "specificity")}${publishedRates(facts)}; on a split that keeps each patient on one side, ${of(patient, "sensitivity")} at ${of(patient, "specificity")}. These are two different test sets with few COVID films each: what differs between them may be chance.`,
    covid
      ? `In the split by image ${covid[1].leaked} of the ${covid[1].images} ${covid[0]} test images have their patient in training.`
      : "",
    siblingVerdict(facts.leak.siblings),
    "A model that is to be trusted with this question has to be tested on films of both classes from one and the same source, with patients kept apart.",
  ]
    .filter(Boolean)
    .join(" ");
}

/** What the study found on its test part, with the first of its bases. */
function publishedRates({ publication }: StudyFacts): string {
  const row = publication?.matrices.find(({ part }) => part === "test");
  if (!row) return "";
  const { sensitivity, specificity } = figuresOfMatrix(row);
  return `, where the study, with its ${row.base} base, found ${plain(sensitivity, 2)} at ${plain(specificity, 2)}`;
}

function contradictionSection({ publication, contradictions }: StudyFacts): string {
  const title = "## What in the publication does not add up";
  if (publication === null) return `${title}\n\nThe data folder does not hold what the study published.`;
  const figures = publication.matrices.length * 4;
  return [
    title,
    `${figures} stated figures were worked out again from the confusion matrices beside them, and the accuracies of the grid were held against the number of images. ${contradictions.length === 0 ? "All agree within their rounding." : "These do not agree:"}`,
    ...(contradictions.length > 0
      ? [
          table(
            ["where", "it says", "but"],
            contradictions.map(({ where, says, but }) => [where, says, but]),
          ),
        ]
      : []),
    `${contradictions.length === 0 ? "" : "All other stated figures follow from their matrices within their rounding. "}The runs were chosen by validation accuracy, where two runs that differ by one image are as good as equal; the choice among the best is chance.`,
  ].join("\n\n");
}

function methodSection(facts: StudyFacts): string {
  const { cohort, base, engine, cores, steps, codeVersion, madeAt, splits } = facts;
  const classes = Object.entries(cohort.classes).map(([name, count]) => `${count} ${name}`);
  const missing = publishedFilms - cohort.images;
  const total = steps.reduce((sum, { seconds }) => sum + seconds, 0);
  return [
    "## How this was made",
    [
      `- Films: ${cohort.images} of ${cohort.patients} patients (${classes.join(", ")})${cohort.unmatched > 0 ? `; ${cohort.unmatched} rows of the study's table have no film here` : ""}. The study had ${publishedFilms.toLocaleString("en-US")}${missing > 0 ? `; ${missing} of them are not in this folder` : ""}.`,
      `- Base: ${base.title} with the weights ${base.weights}, frozen; as published otherwise: 224 × 224 whatever the shape, rotation up to ±15°, balanced class weights, dense 64, binary cross-entropy. ${base.network === "densenet121" ? "" : "The study used DenseNet-121, so its figures and ours are not expected to be equal."}`,
      "- Splits: 60/20/20, seed 42, stratified by class; by image as published, and by whole patients and identical films.",
      `- Runs ${splits.random.run.id} and ${splits.patient.run.id}, sweeps ${splits.random.sweep} and ${splits.patient.sweep} in this installation hold every prediction; the grids lie beside this file as CSV, and report.json what every figure of this report is worked out from.`,
      "- Not done: fine-tuning of the base, which the study tried; fresh data; a reader's look at the films.",
      `- ${engine.library} (${engine.name}, ${engine.device}), ${cores} cores, Overread ${codeVersion}, ${madeAt}. A step that finds its result from before takes next to no time.`,
    ].join("\n"),
    table(
      ["step", "seconds"],
      [...steps.map(({ step, seconds }) => [step, seconds.toFixed(0)]), ["all", total.toFixed(0)]],
    ),
  ].join("\n\n");
}
