import { z } from "zod";
import { formatNames } from "./formats/registry";

/** Names stand in URLs, file names and cohort tables. */
const datasetName = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,79}$/u, "Use letters, digits, spaces, dots and dashes; at most 80.")
  .refine((name) => !["import", "quarantine"].includes(name), "This name is taken.");

export const importInput = z.object({
  format: z.enum(formatNames),
  /**
   * A folder with the dataset's own table, or a table alone (csv or csv.gz), on the server; or an upload
   * (`upload:<id>/<file name>`).
   */
  source: z.string().trim().min(1, "Name a folder or a table.").max(4096),
  /** The format's own name when left out. */
  name: datasetName.optional(),
  /** Another table for the folder's films. */
  table: z.string().min(1).max(4096).optional(),
});
export type ImportInput = z.input<typeof importInput>;

export type ImportProgress = {
  readonly phase: "unpacking" | "reading" | "films" | "saving";
  readonly done: number;
  /** 0 when nobody knows. */
  readonly total: number;
  readonly secondsLeft?: number;
};

/** The result document of an import, as the command line prints it. */
export type ImportResult = {
  readonly dataset: string;
  readonly rows: number;
  /** `missing`: rows whose film is not here. Of a folder those are rejected, of a table alone they are taken. */
  readonly images: { readonly present: number; readonly missing: number };
  /** Of the rows that were taken; a row without a patient id counts no patient. */
  readonly studies: number;
  readonly patients: number;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Images of the dataset that this table no longer names; they stay. */
  readonly absent: number;
  /** What was updated: images by what differs, and the first thousand of them. */
  readonly changes: {
    readonly by: Readonly<Record<string, number>>;
    readonly rows: readonly {
      readonly line: number;
      readonly path: string;
      readonly what: readonly string[];
    }[];
  };
  /** Films that may carry burned-in text: in no dataset until somebody clears them. */
  readonly quarantined: number;
  /** Lung masks that the dataset brings for its films. A refused one takes nothing from its film. */
  readonly lungMasks?: {
    readonly taken: number;
    readonly refused: readonly { readonly line: number; readonly reason: string }[];
  };
  readonly rejected: {
    readonly count: number;
    /** The first thousand; all are kept with the import. */
    readonly rows: readonly { readonly line: number; readonly reason: string }[];
  };
  readonly seconds: number;
};
