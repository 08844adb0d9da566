import { describe, expect, it } from "vitest";
import { parsePublication } from "./publication";
import { contradictionsOf } from "./publication-checks";

const matrices = (rows: readonly string[]) =>
  [
    "| base | part | TP | FN | FP | TN | stated accuracy | sensitivity | specificity | covid F1 |",
    "|---|---|---|---|---|---|---|---|---|---|",
    ...rows,
  ].join("\n");
const best = (rows: readonly string[]) =>
  [
    "| base | epochs | val. loss | val. accuracy | batch | dropout | learning rate | optimizer |",
    "|---|---|---|---|---|---|---|---|",
    ...rows,
  ].join("\n");
const gridHeader = "epochs,val_loss,val_accuracy,batch_size,dropout,learning_rate,optimizer";
const grid = (accuracies: readonly string[]) =>
  [gridHeader, ...accuracies.map((one) => `25,0.2,${one},16,0,0.001,Adam`)].join("\n");

/** Consistent: 18 of 20 found, 4 false alarms of 80; scikit-learn gives 0.94, 0.9, 0.95, 0.857. */
const sound = "| A | validation | 18 | 2 | 4 | 76 | 0.94 | 0.900 | 0.950 | 0.857 |";
const chosen = "| A | 25 | 0.2 | 0.94 | 16 | 0 | 0.001 | Adam |";
/** Odd and even counts of 100. */
const tenOfHundred = ["0.94", "0.93", "0.92", "0.91", "0.90", "0.89", "0.88", "0.87", "0.86", "0.85"];

function checked({ matrix = sound, run = chosen, accuracies = tenOfHundred, words = "Words." } = {}) {
  const text = `${words}\n\n${best([run])}\n\nMore.\n${matrices([matrix])}\n`;
  const parsed = parsePublication(text, grid(accuracies));
  if (!parsed.ok) throw new Error(parsed.message);
  return contradictionsOf(parsed.value);
}

describe("what a publication says, held against its own numbers", () => {
  it("has nothing against one that adds up", () => {
    expect(checked()).toEqual([]);
  });

  it("names the figure that does not follow from its confusion matrix", () => {
    const found = checked({ matrix: sound.replace("0.857", "0.90") });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ where: "A, validation: F1 of COVID", says: "0.90" });
    expect(found[0]?.but).toMatch(/^0\.857 /);
  });

  it("takes the digits that are printed for what they are", () => {
    expect(checked({ matrix: sound.replace("0.857", "0.86") })).toEqual([]);
    expect(checked({ matrix: sound.replace("0.857", "0.85") })).toHaveLength(1);
  });

  it("names a chosen run whose accuracy is another than its matrix's, by an image or more", () => {
    expect(checked({ run: chosen.replace("0.94", "0.939999") })).toEqual([]);
    expect(checked({ run: chosen.replace("0.94", "0.93") })[0]?.but).toMatch(/94 of 100 \(0.9400\)/);
  });

  it("sees by the accuracies on how many images they were counted", () => {
    const even = tenOfHundred.map((_, at) => (0.94 - at * 0.02).toFixed(2));
    expect(checked({ accuracies: even })[0]?.but).toMatch(/multiple of 1\/50/);
    expect(checked({ accuracies: [...tenOfHundred, "0.855"] })[0]?.but).toMatch(/not every accuracy/);
    // Two rows may well be even by chance.
    expect(checked({ accuracies: even.slice(0, 2) })).toEqual([]);
  });

  it("names a best run that the table of the best runs lacks", () => {
    const found = checked({ run: chosen.replace("0.2", "0.19") });
    expect(found[0]?.where).toMatch(/validation loss 0.19/);
  });
});

describe("what a publication says in words", () => {
  const other = "| B | 50 | 0.3 | 0.84 | 16 | 0 | 0.0001 | Adam |";

  it("names the base whose runs it does not show", () => {
    const words = "Its table of the 10 best B runs repeats the A table line by line.";
    expect(checked({ words, run: `${chosen}\n${other}` })).toEqual([
      {
        where: "the table of the 10 best B runs",
        says: "the same as the A table, line by line",
        but: "two bases do not agree to the last digit, and its last row, 0.85, is above the best B run that the text names, 0.84: the B runs are not shown",
      },
    ]);
  });

  it("holds what it says of the lowest rate against the best runs that it names", () => {
    const words = "The lowest learning rate is never best.";
    const found = checked({ words, run: `${chosen}\n${other}` });
    expect(found).toEqual([
      {
        where: "B: the learning rate",
        says: "the lowest is never best",
        but: "of the best B runs that the text names, 1 of 1 have 0.0001, the lowest",
      },
    ]);
    expect(checked({ words, run: chosen })).toEqual([]);
  });
});

describe("a publication that cannot be read", () => {
  it.each([
    ["no table of matrices", best([chosen]), grid(tenOfHundred)],
    [
      "a cell that is no number",
      `${best([chosen])}\n\n${matrices([sound.replace("18", "x")])}`,
      grid(tenOfHundred),
    ],
    ["an empty grid", `${best([chosen])}\n\n${matrices([sound])}`, gridHeader],
    ["a grid that is no table", `${best([chosen])}\n\n${matrices([sound])}`, 'a,"b\n1'],
    ["nothing at all", "", ""],
  ])("is refused: %s", (_, text, csv) => {
    const parsed = parsePublication(text, csv);
    expect(parsed).toMatchObject({ ok: false, code: "invalid" });
  });
});
