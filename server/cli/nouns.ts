import type { Command } from "commander";
import { registerAudit } from "./nouns/audit";
import { registerCohort } from "./nouns/cohort";
import { registerDataset } from "./nouns/dataset";
import { registerImage } from "./nouns/image";
import { registerSplit } from "./nouns/split";
import { registerUser } from "./nouns/user";

/** Each noun adds itself to the program. */
export const nouns: readonly ((program: Command) => void)[] = [
  registerDataset,
  registerImage,
  registerCohort,
  registerSplit,
  registerUser,
  registerAudit,
];
