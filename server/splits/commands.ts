import { command } from "@/server/auth/command";
import { findCohort } from "@/server/cohorts/find";
import { ok } from "@/server/lib/errors";
import { drawSplit } from "./draw";
import { createSplitInput } from "./schema";

/**
 * Divides a cohort into training, validation and test, and audits the result at once. The same cohort, shares
 * and seed give the same split on every installation.
 * Errors: not-found (cohort), conflict (name taken), invalid (parts, seed, a part that would be empty).
 */
export const createSplit = command({
  name: "split.create",
  permission: "splits.manage",
  input: createSplitInput,
  async run({ tx, actor, input, audit }) {
    const cohort = await findCohort(tx, input.cohort);
    if (!cohort.ok) return cohort;
    const drawn = await drawSplit(tx, actor, { ...input, cohort: cohort.value });
    if (!drawn.ok) return drawn;
    audit({
      action: "split.created",
      object: { type: "split", id: drawn.value.id },
      after: { ...input, cohort: cohort.value.id },
    });
    return ok(drawn.value);
  },
});
