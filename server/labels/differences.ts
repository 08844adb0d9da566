import { LRUCache } from "lru-cache";
import { query } from "@/server/auth/command";
import type { Database } from "@/server/db/client";
import { ok } from "@/server/lib/errors";
import { type Changes, changesBetween } from "./changes-between";
import { comparedSides, type Sides } from "./compared-sides";
import { labelColumn } from "./label-column";
import { differencesInput, type LabelDifferences } from "./schema";
import { vocabulary } from "./vocabulary";

/**
 * How two states of the labels differ: per finding, how many images went from which state to which. Images that
 * only one side holds are counted apart. Errors: not-found (a label set).
 */
export const labelDifferences = query({
  name: "labels.differences",
  permission: "labels.view",
  input: differencesInput,
  async run({ db, input }) {
    const sides = await comparedSides(db, input);
    if (!sides.ok) return sides;
    const { from, to } = sides.value;
    const [changes, findings] = await Promise.all([keptChanges(db, sides.value), vocabulary(db)]);
    return ok<LabelDifferences>({
      from: from.name,
      to: to.name,
      common: changes.common,
      onlyFrom: changes.onlyFrom,
      onlyTo: changes.onlyTo,
      images: changes.images,
      findings: findings.map(({ name, position }) => {
        const transitions = changes.transitions[position] ?? [];
        const images = transitions.reduce((sum, one) => sum + one.images, 0);
        return { name, position, images, transitions };
      }),
    });
  },
});

const kept = new LRUCache<string, Promise<Changes>>({ max: 50 });

/** Frozen sets never change, and a page asks again at every click: what was counted of two is kept. */
function keptChanges(db: Database, sides: Sides): Promise<Changes> {
  const { from, to } = sides;
  if (from.frozen === null || to.frozen === null) return countChanges(db, sides);
  const key = `${from.frozen} ${to.frozen}`;
  const counted = kept.get(key) ?? countChanges(db, sides);
  kept.set(key, counted);
  counted.catch(() => kept.delete(key));
  return counted;
}

async function countChanges(db: Database, { from, to }: Sides): Promise<Changes> {
  const [before, after] = await Promise.all([labelColumn(db, from), labelColumn(db, to)]);
  return changesBetween(before, after);
}
