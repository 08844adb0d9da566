import { eq, sql } from "drizzle-orm";
import { command } from "@/server/auth/command";
import type { Transaction } from "@/server/db/client";
import { findings } from "@/server/db/schema";
import { fail, ok } from "@/server/lib/errors";
import { type ListedFinding, vocabulary } from "./vocabulary";
import { mayBeAdded, mayLookLike } from "./vocabulary-rules";
import { addFindingInput, type Changeable, changeFindingInput } from "./vocabulary-schema";

/**
 * Adds a finding behind its parent's kinds, or at the end. Labels that are there are shorter and say nothing of it.
 * Errors: conflict (name, letter or what is shown is taken; the labels are full), invalid (parent, letter).
 */
export const addFinding = command({
  name: "vocabulary.add",
  permission: "vocabulary.manage",
  input: addFindingInput,
  async run({ tx, input, audit }) {
    const all = await lockedVocabulary(tx);
    const { name, ...look } = input;
    const may = mayBeAdded(all, name);
    if (!may.ok) return may;
    const fits = mayLookLike(all, null, { ...look, retired: false });
    if (!fits.ok) return fits;
    const position = 1 + Math.max(-1, ...all.map((one) => one.position));
    const displayOrder = placeOf(all, look.parent);
    await tx.execute(sql`
      update findings set display_order = display_order + 1 where display_order >= ${displayOrder}::smallint`);
    await tx.insert(findings).values({ position, name, ...look, displayOrder });
    audit({
      action: "vocabulary.finding-added",
      object: { type: "finding", id: position },
      after: input,
    });
    return ok({ position, name });
  },
});

/**
 * Changes how a finding is shown, its letter, its parent, or whether readers are offered it. No label changes.
 * Errors: not-found, conflict (somebody changed it since it was seen; letter, cycle, kinds of a retired one), invalid.
 */
export const changeFinding = command({
  name: "vocabulary.change",
  permission: "vocabulary.manage",
  input: changeFindingInput,
  async run({ tx, input: { position, seen, change }, audit }) {
    const all = await lockedVocabulary(tx);
    const now = all.find((one) => one.position === position);
    if (!now) return fail("not-found", "There is no such finding.");
    const before = lookOf(now);
    if (!sameLook(before, seen)) {
      return fail("conflict", `Somebody changed ${now.name} meanwhile. Look at it again.`, before);
    }
    const fits = mayLookLike(all, position, change);
    if (!fits.ok) return fits;
    const { retired, ...look } = change;
    await tx
      .update(findings)
      .set({ ...look, retiredAt: retired ? sql`coalesce(${findings.retiredAt}, now())` : null })
      .where(eq(findings.position, position));
    audit({
      action: "vocabulary.finding-changed",
      object: { type: "finding", id: position },
      before,
      after: change,
      detail: { name: now.name },
    });
    return ok({ position, name: now.name });
  },
});

/** The part of a finding that can change. */
export function lookOf({ shortName, key, parent, retired }: ListedFinding): Changeable {
  return { shortName, key: key || null, parent, retired };
}

function sameLook(a: Changeable, b: Changeable): boolean {
  return a.shortName === b.shortName && a.key === b.key && a.parent === b.parent && a.retired === b.retired;
}

/** Two who change the vocabulary at once see each other's change, whatever they change of it. */
async function lockedVocabulary(tx: Transaction): Promise<readonly ListedFinding[]> {
  await tx.execute(sql`lock table findings in share row exclusive mode`);
  return vocabulary(tx);
}

function placeOf(all: readonly ListedFinding[], parent: number | null): number {
  const family =
    parent === null ? all : all.filter((one) => one.position === parent || one.parent === parent);
  return 1 + Math.max(-1, ...family.map(({ displayOrder }) => displayOrder));
}
