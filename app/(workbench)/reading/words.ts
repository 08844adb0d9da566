import type { WorklistKind } from "@/server/reading/schema";

/** A worklist's kind in a reader's words. */
export const kindWords: Readonly<Record<WorklistKind, { readonly title: string; readonly about: string }>> = {
  "uncertain-first": { title: "Uncertain first", about: "Studies with most uncertain findings first." },
  "blank-but-model-positive": {
    title: "Blank, but the model says positive",
    about: "Studies whose label says nothing of a finding that a run's model finds.",
  },
  cohort: { title: "Everything of a cohort", about: "All studies of a cohort." },
  misclassified: {
    title: "Misclassified",
    about: "Studies of a run's misclassified test films, worst first.",
  },
  random: { title: "Random sample", about: "For quality: a seeded random order." },
  selection: { title: "Selection", about: "Chosen films, in the order in which they were sent." },
};
