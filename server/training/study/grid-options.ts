import type { TrialParameters } from "../sweeps/schema";

type GridOption = { readonly name: string; has(parameters: TrialParameters): boolean };

/** Every value of every option of the published grid, with which trials have it. */
export const gridOptions: readonly GridOption[] = [
  { name: "Adam", has: ({ optimizer }) => optimizer === "adam" },
  { name: "SGD", has: ({ optimizer }) => optimizer === "sgd" },
  ...[1e-3, 5e-4, 1e-4].map((rate) => ({
    name: `learning rate ${rate}`,
    has: ({ learningRate }: TrialParameters) => learningRate === rate,
  })),
  ...[16, 32, 64].map((size) => ({
    name: `batch ${size}`,
    has: ({ batchSize }: TrialParameters) => batchSize === size,
  })),
  ...[25, 50].map((count) => ({
    name: `${count} epochs`,
    has: ({ epochs }: TrialParameters) => epochs === count,
  })),
  ...[0, 0.5].map((share) => ({
    name: `dropout ${share}`,
    has: ({ dropout }: TrialParameters) => dropout === share,
  })),
];
