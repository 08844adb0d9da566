import type { Command } from "commander";
import { registerAgreement } from "./nouns/agreement";
import { registerAudit } from "./nouns/audit";
import { registerCheck } from "./nouns/check";
import { registerCohort } from "./nouns/cohort";
import { registerDataset } from "./nouns/dataset";
import { registerDemo } from "./nouns/demo";
import { registerDoctor } from "./nouns/doctor";
import { registerEngine } from "./nouns/engine";
import { registerFeatures } from "./nouns/features";
import { registerFinding } from "./nouns/finding";
import { registerImage } from "./nouns/image";
import { registerImport } from "./nouns/import";
import { registerLabels } from "./nouns/labels";
import { registerQuarantine } from "./nouns/quarantine";
import { registerRead } from "./nouns/read";
import { registerRun } from "./nouns/run";
import { registerSaliency } from "./nouns/saliency";
import { registerSplit } from "./nouns/split";
import { registerStudy } from "./nouns/study";
import { registerSweep } from "./nouns/sweep";
import { registerTrain } from "./nouns/train";
import { registerUser } from "./nouns/user";
import { registerWeights } from "./nouns/weights";
import { registerWorklist } from "./nouns/worklist";

/** Each noun adds itself to the program. */
export const nouns: readonly ((program: Command) => void)[] = [
  registerDoctor,
  registerDemo,
  registerDataset,
  registerImport,
  registerQuarantine,
  registerImage,
  registerWorklist,
  registerRead,
  registerAgreement,
  registerLabels,
  registerFinding,
  registerCohort,
  registerSplit,
  registerCheck,
  registerUser,
  registerAudit,
  registerEngine,
  registerWeights,
  registerFeatures,
  registerTrain,
  registerSweep,
  registerStudy,
  registerRun,
  registerSaliency,
];
