import { setImmediate as nextTurn } from "node:timers/promises";
import { database } from "@/server/db/client";
import { type CheckedFilms, checkProperties } from "@/server/integrity/check-properties";
import { compareLooks, type LookScores } from "@/server/integrity/check-retraining";
import { loadFilmFacts } from "@/server/integrity/film-facts";
import type { FilmFacts } from "@/server/integrity/film-properties";
import type { PropertyCheck, Retraining, ShortcutsResult } from "@/server/integrity/shortcut-schema";
import { borderStatisticNames } from "@/server/ml/border";
import { looks } from "@/server/ml/preprocess";
import { readFeatures } from "../child/stored-features";
import { TaskFailed } from "../child-process";
import { ensureBorders } from "../ensure-features";
import { borderRecipe } from "../feature-recipe";
import type { RunConfiguration } from "../schema";
import type { CohortFilms } from "./cohort-films";
import { outOfFold, patientFolds } from "./out-of-fold";
import { forget, loadLook, teller, type Workplace, workOf } from "./workplace";

/**
 * Is the class told by something that is not the lung? Each property alone, and heads on films of which only the
 * frame or only the centre is left (integrity.md, Shortcuts).
 * @param head without, the heads are left out
 * @throws TaskFailed, ChildDied
 */
export async function checkShortcuts(
  place: Workplace,
  films: CohortFilms,
  { seed, head }: { readonly seed: number; readonly head: RunConfiguration | null },
): Promise<ShortcutsResult> {
  const { classes, images, groups } = films;
  const labels = images.label;
  const folds = patientFolds(films, seed);
  const checked = { classes, labels, groups, folds, seed };
  const facts = await factsOf(place, films);
  const properties: PropertyCheck[] = [];
  const tell = teller(place.checkId);
  for (const property of checkProperties(facts, checked)) {
    properties.push(property);
    tell("properties", properties.length, 8);
    await nextTurn();
    place.signal.throwIfAborted();
  }
  return {
    classes: [...classes],
    images: labels.length,
    ofImages: films.ofImages,
    patients: new Set(groups).size,
    folds: folds.count,
    properties,
    retraining: head && (await retrain(place, films, checked, head)),
  };
}

async function factsOf(place: Workplace, films: CohortFilms): Promise<FilmFacts[]> {
  const known = await loadFilmFacts(database(), place.cohortId);
  const borders = await bordersOf(place, films);
  const width = borderStatisticNames.length;
  return Array.from(films.images.ids, (id, at) => {
    const facts = known.get(id);
    if (!facts) throw new Error(`Image ${id} has no film any more`);
    return { ...facts, border: borders.subarray(at * width, (at + 1) * width) };
  });
}

async function bordersOf(place: Workplace, { images }: CohortFilms): Promise<Float32Array> {
  for (let tries = 0; tries < 3; tries++) {
    const places = await ensureBorders({ ...workOf(place, "borders"), images });
    const stored = await readFeatures([places], borderStatisticNames.length);
    if (stored.damaged === null) return stored.views[0] ?? new Float32Array();
    await forget([borderRecipe], stored.damaged);
  }
  throw new TaskFailed(
    "Stored measurements are damaged again and again: check the disk of the object store.",
  );
}

async function retrain(
  place: Workplace,
  films: CohortFilms,
  checked: CheckedFilms,
  head: RunConfiguration,
): Promise<Retraining> {
  const scores: LookScores[] = [];
  for (const look of looks) {
    await loadLook(place, films, head, look);
    const probabilities = await outOfFold(place, films.classes, checked.folds, head, `heads ${look}`);
    scores.push({ look, probabilities });
  }
  const looked = compareLooks(scores, checked);
  return { network: head.network, weights: head.weights?.name ?? "random", looks: looked };
}
