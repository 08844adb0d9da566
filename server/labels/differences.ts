import { sql } from "drizzle-orm";
import { query } from "@/server/auth/command";
import type { Database } from "@/server/db/client";
import { ok } from "@/server/lib/errors";
import { comparedSides, differ, type Sides } from "./compared-sides";
import { differencesInput, type LabelDifferences, type Transition } from "./schema";
import { stateAt } from "./states";
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
    const [changes, sizes, findings] = await Promise.all([
      keptChanges(db, sides.value),
      sizesOf(db, sides.value),
      vocabulary(db),
    ]);
    // Images are never deleted, and a set holds all that there were: the smaller side lies within the larger.
    const common = Math.min(sizes.from, sizes.to);
    return ok<LabelDifferences>({
      from: from.name,
      to: to.name,
      common,
      onlyFrom: sizes.from - common,
      onlyTo: sizes.to - common,
      images: changes.images,
      findings: findings.map(({ name, position }) => {
        const transitions = changes.transitions[position] ?? [];
        const images = transitions.reduce((sum, one) => sum + one.images, 0);
        return { name, position, images, transitions };
      }),
    });
  },
});

/** Place of the last finding that a string can have, plus one. */
const positions = 64;

type Changes = {
  readonly images: number;
  /** By position of the finding; the most frequent first. */
  readonly transitions: readonly (readonly Transition[])[];
};

const mostKept = 50;
const kept = new Map<string, Promise<Changes>>();

/** Frozen sets never change, and a page asks again at every click: what was counted of two is kept. */
function keptChanges(db: Database, sides: Sides): Promise<Changes> {
  const { from, to } = sides;
  if (from.frozen === null || to.frozen === null) return changesBetween(db, sides);
  const key = `${from.frozen} ${to.frozen}`;
  const known = kept.get(key);
  if (known) return known;
  const counted = changesBetween(db, sides);
  kept.set(key, counted);
  counted.catch(() => kept.delete(key));
  const [oldest] = kept.keys();
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  return counted;
}

/**
 * Equal pairs of strings are put together by the database; no string is cut in SQL. They come as one value: as
 * rows, each costs the driver more than its counting cost.
 */
async function changesBetween(db: Database, { from, to }: Sides): Promise<Changes> {
  const [row] = await db.execute<{ pairs: string | null }>(sql`
    select string_agg(before || ' ' || after || ' ' || images, ';') as pairs from (
      select a.labels as before, b.labels as after, count(*) as images
      from (${from.rows}) a join (${to.rows}) b using (image_id)
      where ${differ} group by 1, 2
    ) as grouped`);
  const pairs = (row?.pairs?.split(";") ?? []).map((line) => {
    const [before = "", after = "", images = "0"] = line.split(" ");
    return { before, after, images: Number(images) };
  });
  return {
    images: pairs.reduce((sum, { images }) => sum + images, 0),
    transitions: Array.from({ length: positions }, (_, position) => transitionsAt(position, pairs)),
  };
}

type Pair = { readonly before: string; readonly after: string; readonly images: number };

function transitionsAt(position: number, pairs: readonly Pair[]): Transition[] {
  const counted = new Map<string, number>();
  for (const { before, after, images } of pairs) {
    const [from, to] = [before.charAt(position) || ".", after.charAt(position) || "."];
    if (from !== to) counted.set(from + to, images + (counted.get(from + to) ?? 0));
  }
  return [...counted]
    .map(([change, images]) => ({ from: stateAt(change, 0), to: stateAt(change, 1), images }))
    .sort((a, b) => b.images - a.images);
}

async function sizesOf(db: Database, { from, to }: Sides) {
  const [sizes] = await db.execute<{ from: number; to: number }>(sql`
    select (select count(*)::int from (${from.rows}) a) as from, (select count(*)::int from (${to.rows}) b) as to`);
  return sizes ?? { from: 0, to: 0 };
}
