import type { Command } from "commander";

/** Each noun adds itself to the program. */
export const nouns: readonly ((program: Command) => void)[] = [];
