import type { SweepPlan } from "@/server/training/sweeps/schema";

export const planWords: Record<SweepPlan, { readonly title: string; readonly hint: string }> = {
  published: {
    title: "The published grid",
    hint: "72 heads: 3 learning rates × 3 batch sizes × 25 or 50 epochs × dropout 0 or ½ × Adam or SGD",
  },
  random: { title: "Random search", hint: "Options drawn at random, the learning rate over three decades" },
  halving: {
    title: "Successive halving",
    hint: "Short trials first; the best third of each round goes on with three times the epochs",
  },
};
