import type { Command } from "commander";
import { registerCohort } from "./nouns/cohort";
import { registerSplit } from "./nouns/split";

/** Each noun adds itself to the program. */
export const nouns: readonly ((program: Command) => void)[] = [registerCohort, registerSplit];
