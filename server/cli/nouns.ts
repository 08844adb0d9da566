import type { Command } from "commander";

/** Adds a noun to the program. */
type Register = (program: Command) => void;

/**
 * Each noun adds itself to the program. Loaded one by one: a command waits for what it needs and for nothing else,
 * where all of them together would bring in every feature and TensorFlow.
 */
export const nouns: Readonly<Record<string, () => Promise<Register>>> = {
  doctor: async () => (await import("./nouns/doctor")).registerDoctor,
  demo: async () => (await import("./nouns/demo")).registerDemo,
  dataset: async () => (await import("./nouns/dataset")).registerDataset,
  import: async () => (await import("./nouns/import")).registerImport,
  quarantine: async () => (await import("./nouns/quarantine")).registerQuarantine,
  image: async () => (await import("./nouns/image")).registerImage,
  worklist: async () => (await import("./nouns/worklist")).registerWorklist,
  read: async () => (await import("./nouns/read")).registerRead,
  agreement: async () => (await import("./nouns/agreement")).registerAgreement,
  labels: async () => (await import("./nouns/labels")).registerLabels,
  finding: async () => (await import("./nouns/finding")).registerFinding,
  cohort: async () => (await import("./nouns/cohort")).registerCohort,
  split: async () => (await import("./nouns/split")).registerSplit,
  check: async () => (await import("./nouns/check")).registerCheck,
  user: async () => (await import("./nouns/user")).registerUser,
  audit: async () => (await import("./nouns/audit")).registerAudit,
  engine: async () => (await import("./nouns/engine")).registerEngine,
  weights: async () => (await import("./nouns/weights")).registerWeights,
  features: async () => (await import("./nouns/features")).registerFeatures,
  train: async () => (await import("./nouns/train")).registerTrain,
  sweep: async () => (await import("./nouns/sweep")).registerSweep,
  study: async () => (await import("./nouns/study")).registerStudy,
  run: async () => (await import("./nouns/run")).registerRun,
  saliency: async () => (await import("./nouns/saliency")).registerSaliency,
};
