import { sql } from "drizzle-orm";
import { query } from "@/server/auth/command";
import type { Database } from "@/server/db/client";
import { fail, ok, type Result } from "@/server/lib/errors";
import { type ListedFinding, vocabulary } from "./vocabulary";
import { lookOf } from "./vocabulary-commands";
import { mayBeAdded, mayLookLike } from "./vocabulary-rules";
import { type AddFindingInput, type Changeable, vocabularyChange } from "./vocabulary-schema";

/**
 * What a change of the vocabulary means for labels, reads and readers that are there, in plain sentences, before it
 * is confirmed. Errors: as the change's own.
 */
export const vocabularyImpact = query({
  name: "vocabulary.impact",
  permission: "vocabulary.manage",
  input: vocabularyChange,
  async run({ db, input }) {
    const all = await vocabulary(db);
    if ("add" in input) return impactOfAdding(db, all, input.add);
    const { position, change } = input.change;
    const now = all.find((one) => one.position === position);
    if (!now) return fail("not-found", "There is no such finding.");
    const fits = mayLookLike(all, position, change);
    if (!fits.ok) return fits;
    const sentences = [
      ...(await retiring(db, now, change)),
      ...renaming(now, change),
      ...(await rekeying(db, now, change)),
      ...(await reparenting(db, all, now, change)),
    ];
    return ok({ sentences: sentences.length === 0 ? ["Nothing changes."] : sentences });
  },
});

type Impact = { readonly sentences: readonly string[] };

async function impactOfAdding(
  db: Database,
  all: readonly ListedFinding[],
  { name, ...look }: AddFindingInput,
): Promise<Result<Impact>> {
  const may = mayBeAdded(all, name);
  if (!may.ok) return may;
  const fits = mayLookLike(all, null, { ...look, retired: false });
  if (!fits.ok) return fits;
  const [row] = await db.execute<{ images: number; reads: number; sets: number; lists: number }>(sql`
    select (select count(*)::int from images) as images,
      (select count(*)::int from reads where current and not withdrawn) as reads,
      (select count(*)::int from label_sets) as sets,
      (select count(*)::int from worklists where status = 'open') as lists`);
  const { images = 0, reads = 0, sets = 0, lists = 0 } = row ?? {};
  return ok({
    sentences: [
      `No label changes: the current labels of ${count(images, "image")}, ${count(reads, "read")} and ${count(sets, "label set")} say nothing of ${name}.`,
      `Readers are offered it from the next time they open the reading room, in ${count(lists, "open worklist")}${look.key === null ? ", without a key" : `, under ${look.key}`}.`,
      "Studies that were read already have to be read again to say something of it.",
      "Exports in CheXpert’s layout show it where all findings are asked for.",
      "It cannot be taken out again, only retired: labels keep its place.",
    ],
  });
}

async function retiring(db: Database, now: ListedFinding, change: Changeable): Promise<string[]> {
  if (now.retired === change.retired) return [];
  if (!change.retired)
    return ["Readers are offered it again; labels that mention it were kept all the while."];
  const at = now.position + 1;
  const [row] = await db.execute<Record<string, number>>(sql`
    select count(*) filter (where state = '+')::int as positive, count(*) filter (where state = '-')::int as negative,
      count(*) filter (where state = '?')::int as uncertain,
      (select count(*)::int from reads where current and not withdrawn
        and substr(labels, ${at}::int, 1) in ('+', '-', '?')) as reads,
      (select count(*)::int from label_sets) as sets
    from (select substr(labels, ${at}::int, 1) as state from images) as labelled`);
  const { positive = 0, negative = 0, uncertain = 0, reads = 0, sets = 0 } = row ?? {};
  return [
    `Labels stay: ${positive.toLocaleString("en-US")} positive, ${negative.toLocaleString("en-US")} negative and ${uncertain.toLocaleString("en-US")} uncertain images, ${count(reads, "read")} that mention it, and ${count(sets, "label set")}.`,
    "Readers are no longer offered it. A study that is read from now on says nothing of it, and neither does its current label then.",
    ...(now.key === "" ? [] : [`Its key ${now.key} comes free.`]),
  ];
}

function renaming(now: ListedFinding, change: Changeable): string[] {
  if (now.shortName === change.shortName) return [];
  return [
    `Readers see “${change.shortName}” in place of “${now.shortName}”. In tables, rules and exports it stays ${now.name}; no label changes.`,
  ];
}

async function rekeying(db: Database, now: ListedFinding, change: Changeable): Promise<string[]> {
  const before = lookOf(now).key;
  if (before === change.key || change.retired) return [];
  if (change.key === null)
    return ["Readers have no key for it until they choose one; it is set by Tab and Enter."];
  const [row] = await db.execute<{ own: number; taken: number }>(sql`
    select count(*) filter (where keys ? ${`finding:${now.position}`})::int as own,
      count(*) filter (where not keys ? ${`finding:${now.position}`} and exists (
        select from jsonb_each_text(keys) as chosen where chosen.value = ${change.key}))::int as taken
    from (select preferences -> 'readingKeys' as keys from users where disabled_at is null
      and jsonb_typeof(preferences -> 'readingKeys') = 'object') as choices`);
  const { own = 0, taken = 0 } = row ?? {};
  return [
    `Its key is ${change.key}${before === null ? "" : ` in place of ${before}`} from the next time a reader opens the room; no label changes.`,
    ...(own > 0 ? [`${count(own, "reader")} chose a key of their own for it and keep that.`] : []),
    ...(taken > 0
      ? [
          `${count(taken, "reader")} gave ${change.key} to something else: for them it has no key until they choose one.`,
        ]
      : []),
  ];
}

async function reparenting(
  db: Database,
  all: readonly ListedFinding[],
  now: ListedFinding,
  change: Changeable,
): Promise<string[]> {
  if (now.parent === change.parent || change.retired) return [];
  const parent = all.find((one) => one.position === change.parent);
  if (!parent)
    return ["It is no longer a kind of anything: its parent is not suggested with it. No label changes."];
  const [row] = await db.execute<{ clashing: number }>(sql`
    select count(*)::int as clashing from studies
    where substr(current_labels, ${now.position + 1}::int, 1) = '+'
      and substr(current_labels, ${parent.position + 1}::int, 1) = '-'`);
  const clashing = row?.clashing ?? 0;
  return [
    `Where ${now.name} is positive, readers are asked to set ${parent.name}, too. No label changes.`,
    ...(clashing > 0
      ? [
          `${count(clashing, "study", "studies")} now ${clashing === 1 ? "has" : "have"} ${now.name} positive and ${parent.name} negative: a contradiction from now on, shown when ${clashing === 1 ? "it is" : "they are"} read.`,
        ]
      : []),
  ];
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en-US")} ${number === 1 ? one : many}`;
}
