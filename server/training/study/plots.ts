import { lookWords, propertyWords } from "@/server/integrity/shortcut-words";
import { quantile } from "@/server/ml/bootstrap";
import type { TrialParameters } from "../sweeps/schema";
import { gridOptions } from "./grid-options";
import { intervalPlot, type PlotRow } from "./interval-plot";
import type { SplitStudy, StudyFacts } from "./study-facts";

/** The report's plots by file name. */
export function studyPlots({ shortcuts, leak, splits }: StudyFacts): Readonly<Record<string, string>> {
  return {
    "shortcuts.svg": intervalPlot({
      title: "Told by one property alone, or by part of the film",
      series: ["AUC"],
      rows: [
        ...shortcuts.properties.map(({ name, aucs }) => ({
          name: propertyWords[name],
          figures: aucs.slice(0, 1).map(({ auc }) => auc),
        })),
        ...(shortcuts.retraining?.looks ?? []).map(({ look, aucs }) => ({
          name: `network: ${lookWords[look].replace(" (central 70% black)", "")}`,
          figures: aucs.slice(0, 1).map(({ auc }) => auc),
        })),
      ],
      axis: { name: "AUC, with 95% interval", min: 0.4, max: 1, mark: 0.5 },
    }),
    "leak.svg": intervalPlot({
      title: "The same test images, with and without siblings in training",
      series: ["with siblings", "without"],
      rows: leak.siblings.sets.flatMap(({ on, figures }) =>
        figures.map(
          ({ metric, withSiblings, withoutSiblings }): PlotRow => ({
            name: `${on === "all" ? "all" : on} images: ${metric === "auc" ? "AUC" : metric}`,
            figures: [withSiblings, withoutSiblings],
          }),
        ),
      ),
      axis: {
        name: "with 95% interval over patients",
        ...rangeOf(
          leak.siblings.sets.flatMap(({ figures }) =>
            figures.flatMap(({ withSiblings, withoutSiblings }) => [withSiblings.low, withoutSiblings.low]),
          ),
        ),
      },
    }),
    "grid.svg": gridPlot(splits.random, splits.patient),
  };
}

/** From a little below the lowest bound to 1. */
function rangeOf(lows: readonly (number | null)[]) {
  const lowest = Math.min(1, ...lows.filter((low) => low !== null));
  return { min: Math.max(0, Math.floor(lowest * 10) / 10), max: 1, mark: 1 };
}

/** Median of the trials' validation accuracy by each option, with the middle half of them. */
function gridPlot(random: SplitStudy, patient: SplitStudy): string {
  const spread = ({ trials }: SplitStudy, has: (of: TrialParameters) => boolean) => {
    const own = Float64Array.from(
      trials.flatMap(({ parameters, valAccuracy }) =>
        has(parameters) && valAccuracy !== null ? [valAccuracy] : [],
      ),
    ).sort();
    return { value: quantile(own, 0.5), low: quantile(own, 0.25), high: quantile(own, 0.75) };
  };
  const rows = gridOptions.map(({ name, has }) => ({
    name,
    figures: [spread(random, has), spread(patient, has)],
  }));
  const lows = rows.flatMap(({ figures }) => figures.map(({ low }) => low ?? 1));
  return intervalPlot({
    title: "Validation accuracy of the 72 trials",
    series: ["split by image", "split by patient"],
    rows,
    axis: {
      name: "median, with the middle half of the trials",
      min: Math.floor(Math.min(...lows) * 50) / 50,
      max: 1,
      mark: 1,
    },
  });
}
