import { eq, sql } from "drizzle-orm";
import { type Actor, actorName } from "@/server/auth/actor";
import type { Transaction } from "@/server/db/client";
import { splits } from "@/server/db/schema";
import type { SplitAudit, SplitSummary } from "@/server/db/schema/split-facts";
import { fail, ok, type Result } from "@/server/lib/errors";
import { auditOf } from "./audit-split";
import { type Groups, groupsOf } from "./groups";
import { currentVersions, loadRoster } from "./load-roster";
import { patientSplit } from "./patient-split";
import { randomSplit } from "./random-split";
import type { Roster } from "./roster";
import { type Part, parts, type Shares, type Strategy, type Stratify, sharesText } from "./rules";
import { storeAudit, storeParts } from "./store";
import { strataOf } from "./strata";
import { summarise } from "./summary";

type Plan = {
  readonly name: string;
  readonly cohort: { readonly id: number; readonly classes: readonly string[] };
  readonly strategy: Strategy;
  readonly shares: Shares;
  readonly seed: number;
  readonly stratify: Stratify;
  readonly mendedFromId?: number;
};

export type DrawnSplit = {
  readonly id: number;
  readonly name: string;
  readonly summary: SplitSummary;
  readonly audit: SplitAudit;
};

/**
 * Draws, audits and stores a split. Same cohort, data, shares and seed: same split.
 * Errors: conflict (the name is taken), invalid (too few images or groups to give every part one).
 */
export async function drawSplit(tx: Transaction, actor: Actor, plan: Plan): Promise<Result<DrawnSplit>> {
  const id = await claimName(tx, actor, plan);
  if (id === undefined) return fail("conflict", `There is already a split named ${plan.name}.`);
  const roster = await loadRoster(tx, plan.cohort);
  const groups = groupsOf(roster);
  const partOf = assign(roster, groups, plan);
  const summary = summarise(roster, partOf);
  const empty = parts.find((part) => plan.shares[part] > 0 && summary.parts[part].images === 0);
  if (empty) return fail("invalid", tooSmall(empty, plan, groups));
  const found = auditOf(roster, groups, partOf, plan.shares, await currentVersions(tx));
  await storeParts(tx, id, roster, partOf);
  await storeAudit(tx, id, found, roster, partOf);
  await tx.update(splits).set({ summary }).where(eq(splits.id, id));
  return ok({ id, name: plan.name, summary, audit: found.audit });
}

function assign(roster: Roster, groups: Groups, plan: Plan): Uint8Array {
  const strata = strataOf(roster, plan.stratify);
  if (plan.strategy === "random") return randomSplit(strata, plan.shares, plan.seed);
  const weights = parts.map((part) => plan.shares[part]);
  return patientSplit(groups, strata, weights, plan.seed);
}

/** The row comes first: of two that ask for one name at once, the second waits here and is told. */
async function claimName(tx: Transaction, actor: Actor, plan: Plan): Promise<number | undefined> {
  const [row] = await tx
    .insert(splits)
    .values({
      name: plan.name,
      cohortId: plan.cohort.id,
      strategy: plan.strategy,
      stratify: plan.stratify,
      shares: plan.shares,
      seed: plan.seed,
      mendedFromId: plan.mendedFromId ?? null,
      // Counted further down, in this same transaction.
      summary: sql`'{}'::jsonb`,
      createdBy: actorName(actor),
    })
    .onConflictDoNothing({ target: splits.name })
    .returning({ id: splits.id });
  return row?.id;
}

function tooSmall(empty: Part, plan: Plan, groups: Groups): string {
  const what = plan.strategy === "patient" ? `${groups.count} groups of patients` : "this cohort's images";
  return `The ${empty} part would be empty: ${what} do not reach for parts of ${sharesText(plan.shares)}.`;
}
