import { figuresOfMatrix } from "./matrix-figures";
import type { Publication } from "./publication";

/** One thing in a publication that its own numbers contradict. */
export type Contradiction = { readonly where: string; readonly says: string; readonly but: string };

/** Holds every figure of a publication against its own confusion matrices and counts. */
export function contradictionsOf(publication: Publication): Contradiction[] {
  return [
    ...againstMatrices(publication),
    ...bestAgainstMatrices(publication),
    ...granularity(publication),
    ...missingBest(publication),
    ...repeatedTables(publication),
    ...lowestRate(publication),
  ];
}

/** A rounded figure may be off by half a unit of its last digit, and the rounding itself by a hair. */
function agrees(printed: string, exact: number): boolean {
  const digits = printed.split(".")[1]?.length ?? 0;
  return Math.abs(Number(printed) - exact) <= 0.5 * 10 ** -digits + 1e-9;
}

function againstMatrices({ matrices }: Publication): Contradiction[] {
  return matrices.flatMap((row) => {
    const exact = figuresOfMatrix(row);
    const stated = {
      accuracy: row["stated accuracy"],
      sensitivity: row.sensitivity,
      specificity: row.specificity,
      f1: row["covid F1"],
    };
    return (Object.keys(stated) as (keyof typeof stated)[]).flatMap((name) => {
      const value = exact[name];
      if (value === null || agrees(stated[name], value)) return [];
      return [
        {
          where: `${row.base}, ${row.part}: ${name === "f1" ? "F1 of COVID" : name}`,
          says: stated[name],
          but: `${value.toFixed(3)} from its own confusion matrix (${row.TP} right, ${row.FN} missed, ${row.FP} false alarms, ${row.TN} others right)`,
        },
      ];
    });
  });
}

/** The accuracy by which a run was chosen should be that of the matrix which is shown for it. */
function bestAgainstMatrices({ matrices, best }: Publication): Contradiction[] {
  return matrices.flatMap((row) => {
    const chosen = best.filter((one) => one.base === row.base).map((one) => one["val. accuracy"]);
    const exact = figuresOfMatrix(row).accuracy;
    const [first] = chosen;
    if (row.part !== "validation" || exact === null || first === undefined) return [];
    // Six printed digits are of a float: what is off by less than one image is the same count.
    const images = row.TP + row.FN + row.FP + row.TN;
    const same = chosen.some((value) => Math.round(Number(value) * images) === Math.round(exact * images));
    if (same) return [];
    return [
      {
        where: `${row.base}, validation: the chosen run`,
        says: `${first}, which is ${Math.round(Number(first) * images)} of ${images} images`,
        but: `its confusion matrix has ${Math.round(exact * images)} of ${images} (${exact.toFixed(4)}): it is of another model, perhaps after fine-tuning`,
      },
    ];
  });
}

/** Fewer rows than this may share a divisor by chance. */
const tellingRows = 10;

/**
 * An accuracy is a count over a number of images (the GRIM test of Brown and Heathers 2017): when all accuracies
 * of a grid are multiples of 1/d for a d below the number of validation images, they were counted on d.
 */
function granularity({ grid, matrices }: Publication): Contradiction[] {
  const validation = matrices.find((row) => row.part === "validation");
  if (!validation || grid.length < tellingRows) return [];
  const images = validation.TP + validation.FN + validation.FP + validation.TN;
  const fits = (count: number) =>
    grid.every(({ val_accuracy }) => {
      const hits = Number(val_accuracy) * count;
      return Math.abs(hits - Math.round(hits)) <= count * 1e-6;
    });
  const fewest = Array.from({ length: images }, (_, at) => at + 1).find(fits);
  if (fewest === images) return [];
  const where = `the table of the ${grid.length} best runs: validation accuracy`;
  const says = `validation has ${images} images, according to the confusion matrices`;
  if (fewest === undefined) {
    return [{ where, says, but: `not every accuracy is a whole number of images out of ${images}` }];
  }
  return [
    {
      where,
      says,
      but: `every accuracy is a multiple of 1/${fewest}. On ${images} images every other count would be missing in ${grid.length} of ${grid.length} runs: the grid was probably judged on ${fewest} images`,
    },
  ];
}

/** The grid's own best rows should be the best rows that the text names. */
function missingBest({ grid, best }: Publication): Contradiction[] {
  const inGrid = (row: Publication["best"][number]) =>
    grid.some((one) => one.val_loss === row["val. loss"] && one.val_accuracy === row["val. accuracy"]);
  const highest = Math.max(...grid.map(({ val_accuracy }) => Number(val_accuracy)));
  return best
    .filter((row) => Number(row["val. accuracy"]) >= highest && !inGrid(row))
    .map((row) => ({
      where: `${row.base}: a best run with validation loss ${row["val. loss"]}`,
      says: `accuracy ${row["val. accuracy"]}`,
      but: "the table of the best runs does not have it",
    }));
}

/** Two bases cannot come to the same losses and accuracies to the last digit. */
function repeatedTables({ repeatedTables: repeated, grid, best }: Publication): Contradiction[] {
  const lowest = Math.min(...grid.map(({ val_accuracy }) => Number(val_accuracy)));
  return repeated.map(({ base, of }) => {
    const own = Math.max(
      ...best.filter((row) => row.base === base).map((row) => Number(row["val. accuracy"])),
    );
    const below =
      own < lowest
        ? `, and its last row, ${lowest}, is above the best ${base} run that the text names, ${own}`
        : "";
    return {
      where: `the table of the ${grid.length} best ${base} runs`,
      says: `the same as the ${of} table, line by line`,
      but: `two bases do not agree to the last digit${below}: the ${base} runs are not shown`,
    };
  });
}

/** What the text says of the lowest rate, against the best runs that it names. */
function lowestRate({ lowestRateNeverBest, best }: Publication): Contradiction[] {
  if (!lowestRateNeverBest) return [];
  const lowest = Math.min(...best.map((row) => row["learning rate"]));
  const highest = Math.max(...best.map((row) => row["learning rate"]));
  const bases = [...new Set(best.map(({ base }) => base))];
  return bases.flatMap((base) => {
    const own = best.filter((row) => row.base === base);
    const low = own.filter((row) => row["learning rate"] === lowest);
    if (lowest === highest || low.length === 0) return [];
    return [
      {
        where: `${base}: the learning rate`,
        says: "the lowest is never best",
        but: `of the best ${base} runs that the text names, ${low.length} of ${own.length} have ${lowest}, the lowest`,
      },
    ];
  });
}
