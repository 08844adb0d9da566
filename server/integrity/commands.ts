import { eq } from "drizzle-orm";
import { command } from "@/server/auth/command";
import { findCohort } from "@/server/cohorts/find";
import type { Transaction } from "@/server/db/client";
import { splitImages, splits } from "@/server/db/schema";
import type { LeakCounts, SplitAudit } from "@/server/db/schema/split-facts";
import { fail, ok, type Result } from "@/server/lib/errors";
import { auditOf } from "@/server/splits/audit-split";
import { drawSplit } from "@/server/splits/draw";
import { findSplit, type SplitRow } from "@/server/splits/find";
import { groupsOf } from "@/server/splits/groups";
import { currentVersions, loadRoster } from "@/server/splits/load-roster";
import { storeAudit } from "@/server/splits/store";
import { auditInput, type MendedSplit, mendInput } from "./schema";

/**
 * Counts a split's leaks anew: films that came in since, or ids found to be placeholders, change who belongs
 * together. The split itself stays. Errors: not-found.
 */
export const refreshAudit = command({
  name: "split.audit",
  permission: "splits.view",
  input: auditInput,
  async run({ tx, input, audit }) {
    const found = await findSplit(tx, input.split);
    if (!found.ok) return found;
    const fresh = await auditAnew(tx, found.value);
    if (!fresh.ok) return fresh;
    audit({
      action: "split.audited",
      object: { type: "split", id: found.value.id },
      before: found.value.audit?.leaks,
      after: fresh.value.leaks,
    });
    return fresh;
  },
});

/**
 * Draws the same cohort once more with whole groups on one side, same shares, strata and seed. The leaking
 * split stays as it is. Errors: not-found, conflict (name taken; nothing leaks), invalid (too few groups).
 */
export const mendSplit = command({
  name: "split.mend",
  permission: "splits.manage",
  input: mendInput,
  async run({ tx, actor, input, audit }) {
    const found = await findSplit(tx, input.split);
    if (!found.ok) return found;
    const broken = found.value;
    const current = await auditAnew(tx, broken);
    if (!current.ok) return current;
    if (current.value.leaks.groups === 0) return fail("conflict", `${broken.name} does not leak.`);
    const cohort = await findCohort(tx, broken.cohortId);
    if (!cohort.ok) return cohort;
    const { shares, seed, stratify } = broken;
    const drawn = await drawSplit(tx, actor, {
      name: input.name,
      cohort: cohort.value,
      strategy: "patient",
      shares,
      seed,
      stratify,
      mendedFromId: broken.id,
    });
    if (!drawn.ok) return drawn;
    audit({
      action: "split.mended",
      object: { type: "split", id: drawn.value.id },
      before: { split: broken.id, leaks: current.value.leaks },
      after: { split: drawn.value.id, leaks: drawn.value.audit.leaks },
    });
    return ok<MendedSplit>({
      id: drawn.value.id,
      name: drawn.value.name,
      mendedFrom: broken.name,
      classes: cohort.value.classes,
      leaked: { before: leakedIn(current.value), after: leakedIn(drawn.value.audit) },
      before: broken.summary,
      after: drawn.value.summary,
    });
  },
});

async function auditAnew(tx: Transaction, split: SplitRow): Promise<Result<SplitAudit>> {
  // One at a time: two audits of one split would write the same rows.
  await tx.select({ id: splits.id }).from(splits).where(eq(splits.id, split.id)).for("update");
  const cohort = await findCohort(tx, split.cohortId);
  if (!cohort.ok) return cohort;
  const roster = await loadRoster(tx, cohort.value);
  const stored = await tx
    .select({ imageId: splitImages.imageId, part: splitImages.part })
    .from(splitImages)
    .where(eq(splitImages.splitId, split.id));
  const parts = new Map(stored.map(({ imageId, part }) => [imageId, part]));
  const partOf = Uint8Array.from(roster.imageIds, (id) => parts.get(id) ?? 0);
  const found = auditOf(roster, groupsOf(roster), partOf, split.shares, await currentVersions(tx));
  await storeAudit(tx, split.id, found, roster, partOf);
  return ok(found.audit);
}

function leakedIn(counts: LeakCounts): number {
  return counts.parts.validation.leaked + counts.parts.test.leaked;
}
