import { z } from "zod";
import { formatNames } from "./formats/registry";

/** Names stand in URLs, file names and cohort tables. */
export const datasetName = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,79}$/u, "Use letters, digits, spaces, dots, dashes; at most 80.");

export const importInput = z.object({
  format: z.enum(formatNames),
  /** A folder with the dataset's own table, or a table alone (csv or csv.gz). */
  source: z.string().min(1),
  /** The format's own name when left out. */
  name: datasetName.optional(),
  /** Another table for the folder's images. */
  table: z.string().min(1).optional(),
});
export type ImportInput = z.infer<typeof importInput>;

export type ImportProgress = { readonly phase: string; readonly done: number; readonly total: number };

/** The result document of an import, as the command line prints it. */
export type ImportResult = {
  readonly dataset: string;
  readonly rows: number;
  readonly images: { readonly present: number; readonly missing: number };
  readonly studies: number;
  readonly patients: number;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Images of the dataset that this table no longer names; they stay. */
  readonly absent: number;
  readonly rejected: {
    readonly count: number;
    /** The first thousand; all are kept with the import. */
    readonly rows: readonly { readonly line: number; readonly reason: string }[];
  };
  readonly seconds: number;
};
