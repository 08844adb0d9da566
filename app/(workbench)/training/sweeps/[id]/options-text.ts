import type { TrialParameters } from "@/server/training/sweeps/schema";

export const optimizerWords = { adam: "Adam", sgd: "SGD" } as const;

/** "Adam 0.001, batch 32, 50 epochs, dropout 0.5". */
export function optionsText(options: TrialParameters): string {
  const { optimizer, learningRate, batchSize, epochs, dropout } = options;
  return `${optimizerWords[optimizer]} ${learningRate}, batch ${batchSize}, ${epochs} epochs, dropout ${dropout}`;
}
