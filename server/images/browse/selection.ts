import { eq, like, type SQL, sql } from "drizzle-orm";
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
  readonly text: TextMatches | null;
};

/** A text that few rows match is looked up once, so that every query goes straight to them. */
type TextMatches =
  | { readonly kind: "few"; readonly patientIds: readonly number[]; readonly imageIds: readonly number[] }
  | { readonly kind: "many"; readonly pattern: string };
const fewMatches = 400;

/**
 * Looks the names of a filter up.
 * @throws ExpectedFailure: `not-found` for an unknown dataset or split, `invalid` for an unknown finding,
 * `forbidden` where the actor may not see labels or splits
 */
export async function selectionOf(db: Executor, actor: Actor, filters: ImageFilters): Promise<Selection> {
  const [allDatasets, vocabulary, text] = await Promise.all([
    db.select({ id: datasets.id, name: datasets.name }).from(datasets),
    db
      .select({ position: findings.position, name: findings.name })
      .from(findings)
      .orderBy(findings.displayOrder),
    filters.text === "" ? null : matchesOf(db, filters.text),
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
    text,
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

async function matchesOf(db: Executor, text: string): Promise<TextMatches> {
  const pattern = `${text.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
  const [ofPatient, ofPath] = await Promise.all([
    db
      .select({ id: patients.id })
      .from(patients)
      .where(like(patients.externalId, pattern))
      .limit(fewMatches + 1),
    db
      .select({ id: images.id })
      .from(images)
      .where(like(images.path, pattern))
      .limit(fewMatches + 1),
  ]);
  if (ofPatient.length > fewMatches || ofPath.length > fewMatches) return { kind: "many", pattern };
  return {
    kind: "few",
    patientIds: ofPatient.map(({ id }) => id),
    imageIds: ofPath.map(({ id }) => id),
  };
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

/**
 * Whether a packed string passes one finding's filter. Behind the string's end nothing is mentioned. (LIKE with
 * a fixed place costs two thirds of `substr` here.)
 */
export function passesState({ position, characters }: Selection["states"][number]): SQL {
  const alternatives = characters.map((character) => {
    const at = sql`labels like ${`${"_".repeat(position)}${character}%`}`;
    return character === "." ? sql`${at} or length(labels) <= ${position}::int` : at;
  });
  return sql`(${sql.join(alternatives, sql` or `)})`;
}

/** What the text asks for. Paths and patients' ids are not in the covering index. */
export function textConditions({ text }: Selection): SQL[] {
  if (text === null) return [];
  if (text.kind === "many") {
    return [
      sql`(${images.path} like ${text.pattern} or ${images.patientId} in (
        select id from ${patients} where external_id like ${text.pattern}))`,
    ];
  }
  const { patientIds, imageIds } = text;
  const either = [
    ...(patientIds.length > 0 ? [sql`${images.patientId} in ${patientIds}`] : []),
    ...(imageIds.length > 0 ? [sql`${images.id} in ${imageIds}`] : []),
  ];
  return [either.length === 0 ? sql`false` : sql`(${sql.join(either, sql` or `)})`];
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
