import { z } from "zod";

/** By id from a page, by name from a shell. */
export const cohortReference = z.union([z.int().positive(), z.string().trim().min(1).max(120)]);
export type CohortReference = z.infer<typeof cohortReference>;
