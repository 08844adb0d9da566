import { cramersV, crossTable, poolRare } from "@/server/ml/association";
import { type Folds, foldedAucs, outOfFoldScores } from "@/server/ml/folded";
import { type FilmFacts, type FilmProperty, filmProperties } from "./film-properties";
import type { ClassAuc, Estimate, PropertyCheck } from "./shortcut-schema";

export type CheckedFilms = {
  readonly classes: readonly string[];
  /** Index into `classes`, one an image, as the arrays below. */
  readonly labels: Int32Array;
  readonly groups: Int32Array;
  readonly folds: Folds;
  readonly seed: number;
};

/** How far each property alone tells the class (integrity.md, Shortcuts), one after another. */
export function* checkProperties(
  facts: readonly FilmFacts[],
  films: CheckedFilms,
): Generator<PropertyCheck, void> {
  for (const property of filmProperties) yield checkProperty(property, facts, films);
}

/** How many kinds the table shows of each property. */
const mostLevels = 8;

function checkProperty(
  property: FilmProperty,
  facts: readonly FilmFacts[],
  films: CheckedFilms,
): PropertyCheck {
  const levels = poolRare(facts.map((film) => property.level(film)));
  const { numbers } = property;
  const table = crossTable(levels, films.labels, films.classes.length);
  const columns = numbers ? facts.map((film) => numbers(film)) : oneColumnEach(levels, table.levels);
  const width = columns[0]?.length ?? 0;
  const features = Float64Array.from(columns.flat());
  const rows = table.levels
    .map((level, at) => ({ level, images: [...(table.counts[at] ?? [])] }))
    .sort((a, b) => total(b.images) - total(a.images));
  return {
    name: property.name,
    cramersV: cramersV(table.counts),
    levels: rows.slice(0, mostLevels),
    moreLevels: Math.max(rows.length - mostLevels, 0),
    aucs: againstOthers(films, (positive) => outOfFoldScores(features, width, positive, films.folds)),
  };
}

/** AUC of each class against the others; of two classes one says it all. */
function againstOthers(films: CheckedFilms, score: (positive: Uint8Array) => Float64Array): ClassAuc[] {
  const { classes, labels, folds, groups, seed } = films;
  const asked = classes.length === 2 ? classes.slice(0, 1) : classes;
  return asked.map((name, own) => {
    const positive = Uint8Array.from(labels, (label) => Number(label === own));
    const [auc] = foldedAucs([score(positive)], positive, folds, { groups, seed }).aucs;
    return { class: name, auc: estimateOf(auc) };
  });
}

/** What is kept of an estimate. */
export function estimateOf(found: Estimate | undefined): Estimate {
  return { value: found?.value ?? null, low: found?.low ?? null, high: found?.high ?? null };
}

function oneColumnEach(levels: readonly string[], kinds: readonly string[]): number[][] {
  return levels.map((level) => kinds.map((kind) => Number(kind === level)));
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
