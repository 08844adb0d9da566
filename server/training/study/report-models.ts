import { type GridObservations, observationsOf } from "./grid-observations";
import { gridOptions } from "./grid-options";
import { countsOf, figuresOfMatrix, rangeOf } from "./matrix-figures";
import type { Publication } from "./publication";
import type { SplitStudy, StudyFacts } from "./study-facts";
import { plain, table } from "./words";

/** The published tables beside ours; every figure recomputed from a confusion matrix. */
export function modelSection({ publication, splits, base }: StudyFacts): string {
  return [
    "## The models",
    `Ours: a frozen ${base.title} (${base.weights}) and a head, the best of 72 by validation accuracy, once on the split by image as the study had it and once on a split by patient. All figures are worked out from the confusion matrices. The range behind a rate is Wilson's 95% interval, as if every image were of another patient: where patients have several, it is wider still.`,
    table(
      [
        "",
        "part",
        "COVID found",
        "missed",
        "false alarms",
        "others right",
        "accuracy",
        "sensitivity",
        "specificity",
        "F1",
      ],
      [
        ...(publication ? publishedRows(publication) : []),
        ...ourRows("ours, by image", splits.random),
        ...ourRows("ours, by patient", splits.patient),
      ],
    ),
    "## The grid",
    ...observations(splits.random, splits.patient),
    "![Validation accuracy by option](grid.svg)",
    ...(publication ? [gridTable(publication, splits.random)] : []),
  ].join("\n\n");
}

function publishedRows({ matrices }: Publication): (string | number)[][] {
  return matrices.map((row) => matrixRow(`published, ${row.base}`, row.part, row));
}

function ourRows(name: string, { run }: SplitStudy): (string | number)[][] {
  return (["validation", "test"] as const).map((part) =>
    matrixRow(name, part, countsOf(run.metrics?.parts[part].confusion ?? [])),
  );
}

function matrixRow(
  name: string,
  part: string,
  counts: Parameters<typeof figuresOfMatrix>[0],
): (string | number)[] {
  const { accuracy, sensitivity, specificity, f1 } = figuresOfMatrix(counts);
  const rate = (which: "sensitivity" | "specificity", value: number | null) => {
    const range = rangeOf(counts, which);
    return range ? `${plain(value)} (${range.low.toFixed(2)} to ${range.high.toFixed(2)})` : "–";
  };
  const { TP, FN, FP, TN } = counts;
  return [
    name,
    part,
    TP,
    FN,
    FP,
    TN,
    plain(accuracy),
    rate("sensitivity", sensitivity),
    rate("specificity", specificity),
    plain(f1),
  ];
}

/** What the study said of its grid, held against ours. */
function observations(random: SplitStudy, patient: SplitStudy): string[] {
  const mean = (
    study: SplitStudy,
    counts: (parameters: SplitStudy["trials"][number]["parameters"]) => boolean,
  ) => {
    const own = study.trials.flatMap(({ parameters, valAccuracy }) =>
      counts(parameters) && valAccuracy !== null ? [valAccuracy] : [],
    );
    return plain(own.length > 0 ? own.reduce((sum, one) => sum + one, 0) / own.length : null, 4);
  };
  return [
    observed(random, patient),
    "Mean validation accuracy of our trials:",
    table(
      ["trials with", "by image", "by patient"],
      gridOptions.map(({ name, has }) => [name, mean(random, has), mean(patient, has)]),
    ),
  ];
}

/** Each of the study's observations, with ours by trials that differ in one option and nothing else. */
function observed(random: SplitStudy, patient: SplitStudy): string {
  const of = [random, patient].map(({ trials }) => observationsOf(trials));
  const moves = ({ all, adam }: GridObservations["batchMoves"]) =>
    `accuracy moves by ${all.toFixed(3)} on average, by ${adam.toFixed(3)} with Adam`;
  return [
    "What the study observed of its grid, and ours, each time by trials that differ in one option and nothing else:",
    table(
      ["the study", "ours, by image", "ours, by patient"],
      [
        [
          "Adam beats SGD throughout",
          ...of.map(({ adamBeatsSgd: { pairs, of } }) => `it does in ${pairs} of ${of} pairs`),
        ],
        [
          "the lowest rate is never best",
          ...of.map(
            ({ lowestRateBest: { groups, of } }) => `best, or as good as the best, in ${groups} of ${of}`,
          ),
        ],
        ["dropout hardly matters", ...of.map(({ dropoutMoves }) => moves(dropoutMoves))],
        ["batch size hardly matters", ...of.map(({ batchMoves }) => moves(batchMoves))],
      ],
    ),
  ].join("\n\n");
}

/** The published best runs, and ours of the same rank. */
function gridTable({ grid }: Publication, { trials, run }: SplitStudy): string {
  const options = (of: { optimizer: string; rate: number; batch: number; epochs: number; dropout: number }) =>
    `${of.optimizer.toLowerCase()} ${of.rate}, batch ${of.batch}, ${of.epochs} epochs, dropout ${of.dropout}`;
  const images = run.metrics?.parts.validation.images;
  const rows = grid.map((row, at) => {
    const ours = trials[at];
    return [
      at + 1,
      options({ ...row, rate: row.learning_rate, batch: row.batch_size }),
      Number(row.val_accuracy).toFixed(4),
      ours
        ? options({
            ...ours.parameters,
            rate: ours.parameters.learningRate,
            batch: ours.parameters.batchSize,
          })
        : "",
      plain(ours?.valAccuracy ?? null, 4),
    ];
  });
  return [
    `The ${grid.length} best runs as published, and ours on the split by image. Of ours, one image more or less right is ${plain(images ? 1 / images : null, 4)}, so most of this order is chance.`,
    table(["rank", "published", "val. accuracy", "ours", "val. accuracy"], rows),
  ].join("\n\n");
}
