import type { WorklistKind } from "@/server/reading/schema";
import type { worklistOrders } from "@/server/reading/worklist-input";

/** A worklist's kind in a reader's words. */
export const kindWords: Readonly<Record<WorklistKind, { readonly title: string; readonly about: string }>> = {
  "uncertain-first": {
    title: "Uncertain first",
    about: "Most uncertain findings first; among equals, those whose label a model believes least.",
  },
  "blank-but-model-positive": {
    title: "Blank, but the model says positive",
    about: "The label says nothing of a finding that a run's model finds. Surest first.",
  },
  cohort: { title: "Everything of a cohort", about: "All studies of a cohort, patient by patient." },
  misclassified: {
    title: "Misclassified",
    about: "Test films that a run got wrong. Worst first: where the true class got least.",
  },
  "label-errors": {
    title: "Likely label errors",
    about:
      "A model that did not learn from a film is sure of another class (confident learning). Likeliest first.",
  },
  disagreements: {
    title: "Disagreements",
    about: "Reads differ and nobody has decided. Most differing findings first, for another reader.",
  },
  random: { title: "Random sample", about: "For quality. The same seed gives the same order again." },
  selection: { title: "Selection", about: "Chosen films, in the order in which they were sent." },
};

export const orderWords: Readonly<Record<(typeof worklistOrders)[number], string>> = {
  "uncertain-first": "Most uncertain findings first",
  patient: "Patient by patient",
  random: "Random",
};

export const priorityWords: Readonly<Record<number, string>> = { 1: "High", 0: "Normal", [-1]: "Low" };
