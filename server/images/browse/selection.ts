import { eq, type SQL, sql } from "drizzle-orm";
import { type Actor, may } from "@/server/auth/actor";
import type { Executor } from "@/server/db/client";
import { datasets, findings, images, patients, splitImages, splits } from "@/server/db/schema";
import { characterOf } from "@/server/labels/states";
import { ExpectedFailure } from "@/server/lib/errors";
import { type ImageFilters, splitParts } from "./schema";

/** A filter's names looked up: what SQL and counting need. */
export type Selection = {
  readonly filters: ImageFilters;
  /** Every dataset, by id. */
  readonly datasetNames: ReadonlyMap<number, string>;
  /** Chosen datasets; empty means all. */
  readonly datasetIds: readonly number[];
  /** The vocabulary in display order. */
  readonly findings: readonly { readonly position: number; readonly name: string }[];
  /** Chosen findings with the characters that pass. */
  readonly states: readonly { readonly position: number; readonly characters: readonly string[] }[];
};

/**
 * Looks the names of a filter up.
 * @throws ExpectedFailure: `not-found` for an unknown dataset or split, `invalid` for an unknown finding,
 * `forbidden` where the actor may not see labels or splits
 */
export async function selectionOf(db: Executor, actor: Actor, filters: ImageFilters): Promise<Selection> {
  const [allDatasets, vocabulary] = await Promise.all([
    db.select({ id: datasets.id, name: datasets.name }).from(datasets),
    db
      .select({ position: findings.position, name: findings.name })
      .from(findings)
      .orderBy(findings.displayOrder),
    mustBeAllowed(db, actor, filters),
  ]);
  const idOf = new Map(allDatasets.map((one) => [one.name, one.id]));
  const positionOf = new Map(vocabulary.map((one) => [one.name, one.position]));
  return {
    filters,
    datasetNames: new Map(allDatasets.map((one) => [one.id, one.name])),
    datasetIds: filters.datasets.map((name) => {
      const id = idOf.get(name);
      if (id === undefined) throw new ExpectedFailure("not-found", `There is no dataset “${name}”.`);
      return id;
    }),
    findings: vocabulary,
    states: filters.findings.map(({ finding, states }) => {
      const position = positionOf.get(finding);
      if (position !== undefined) return { position, characters: states.map(characterOf) };
      const known = vocabulary.map((one) => one.name).join(", ");
      throw new ExpectedFailure("invalid", `There is no finding “${finding}”. Known: ${known}.`);
    }),
  };
}

/**
 * Readers browse films without labels: a filter by label would tell them what a blind read must not know.
 */
async function mustBeAllowed(db: Executor, actor: Actor, filters: ImageFilters): Promise<void> {
  if (filters.findings.length > 0 && !may(actor, "labels.view")) {
    throw new ExpectedFailure("forbidden", "Your role browses without labels, so that reads stay blind.");
  }
  if (!filters.split) return;
  if (!may(actor, "splits.view")) throw new ExpectedFailure("forbidden", "Your role does not see splits.");
  const [split] = await db.select({ id: splits.id }).from(splits).where(eq(splits.id, filters.split.id));
  if (!split) throw new ExpectedFailure("not-found", `There is no split ${filters.split.id}.`);
}

/** `from` clause of a selection: images, and the split's rows where one is chosen. */
export function fromImages({ filters }: Selection): SQL {
  if (!filters.split) return sql`${images}`;
  return sql`${images} join ${splitImages} on ${splitImages.splitId} = ${filters.split.id} and ${splitImages.imageId} = ${images.id}`;
}

/** What a selection's text and finding filters ask of an image. */
export function labelConditions({ states }: Selection): SQL[] {
  return states.map(passesState);
}

/** Whether a packed string passes one finding's filter. Behind the string's end nothing is mentioned. */
export function passesState({ position, characters }: Selection["states"][number]): SQL {
  const accepted = characters.includes(".") ? [...characters, ""] : characters;
  return sql`substr(labels, ${position + 1}::int, 1) in ${accepted}`;
}

/** What the text asks for. Not in the covering index: looked up by path and by patient. */
export function textConditions({ filters }: Selection): SQL[] {
  if (filters.text === "") return [];
  const prefix = `${filters.text.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
  return [
    sql`${images.id} in (
      select id from ${images} where path like ${prefix}
      union all
      select id from ${images} where patient_id in (select id from ${patients} where external_id like ${prefix})
    )`,
  ];
}

/** What the filters on attributes of the image, its reading and its part ask for. */
export function attributeConditions({ filters, datasetIds }: Selection): SQL[] {
  const { views, sexes, age, readStates, film, split } = filters;
  const conditions: (SQL | false)[] = [
    datasetIds.length > 0 && sql`${images.datasetId} in ${datasetIds}`,
    views.length > 0 && sql`${images.view} in ${views}`,
    sexes.length > 0 && sql`${images.sex} in ${sexes}`,
    age !== null && age.from !== null && sql`${images.age} >= ${age.from}`,
    age !== null && age.to !== null && sql`${images.age} <= ${age.to}`,
    readStates.length > 0 && sql`${images.readState} in ${readStates}`,
    film !== null && sql`${images.filmHere} = ${film === "here"}`,
    split !== null &&
      split.parts.length > 0 &&
      sql`${splitImages.part} in ${split.parts.map((part) => splitParts.indexOf(part))}`,
  ];
  return conditions.filter((condition) => condition !== false);
}

/** All conditions of a selection as one; true where nothing is asked. */
export function everyCondition(selection: Selection): SQL {
  return joined([
    ...attributeConditions(selection),
    ...textConditions(selection),
    ...labelConditions(selection),
  ]);
}

export function joined(conditions: readonly SQL[]): SQL {
  return conditions.length === 0 ? sql`true` : sql.join([...conditions], sql` and `);
}

/** `select id from images …` of everything that passes: what a cohort or a worklist is made from. */
export function selectedIds(selection: Selection): SQL {
  return sql`select ${images.id} from ${fromImages(selection)} where ${everyCondition(selection)}`;
}
