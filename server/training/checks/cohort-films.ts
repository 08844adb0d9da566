import { valueOrThrow } from "@/server/auth/command";
import { findCohort } from "@/server/cohorts/find";
import { database } from "@/server/db/client";
import { seededRandom } from "@/server/ml/random";
import { gatherLabels } from "@/server/ml/training/gather";
import { groupsOf } from "@/server/splits/groups";
import { loadRoster } from "@/server/splits/load-roster";
import type { RunImages } from "../child/protocol";
import { loadCohortImages } from "../run-images";

/** A check of figures looks at no more than this: the answer is as good, and comes the same day. */
const usually = 10_000;

export type CohortFilms = {
  readonly classes: readonly string[];
  readonly images: RunImages;
  /** Who belongs together, as a split sees it: by patient and by film. */
  readonly groups: Int32Array;
  readonly groupCount: number;
  /** Films in the whole cohort. */
  readonly ofImages: number;
};

/** The films of a cohort with their groups; of a very large one whole groups drawn by the seed. */
export async function loadCohortFilms(cohortId: number, seed: number, most = usually): Promise<CohortFilms> {
  const { classes } = valueOrThrow(await findCohort(database(), cohortId));
  const roster = await database().transaction((tx) => loadRoster(tx, { id: cohortId, classes }));
  const { of, count: groupCount } = groupsOf(roster);
  const groupOf = new Map(roster.imageIds.map((id, at) => [id, of[at] ?? 0]));
  const images = await loadCohortImages(cohortId);
  const groups = Int32Array.from(images.ids, (id) => groupOf.get(id) ?? 0);
  const rows = drawRows(groups, seed, most);
  return {
    classes,
    images: pick(images, rows),
    groups: Int32Array.from(rows, (row) => groups[row] ?? 0),
    groupCount,
    ofImages: images.sha256.length,
  };
}

function drawRows(groups: Int32Array, seed: number, most: number): readonly number[] {
  const rows = Array.from(groups.keys());
  if (rows.length <= most) return rows;
  const sizes = new Map<number, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const drawn = new Set<number>();
  let images = 0;
  for (const group of seededRandom(seed).shuffle(sizes.keys())) {
    if (images >= most) break;
    drawn.add(group);
    images += sizes.get(group) ?? 0;
  }
  return rows.filter((row) => drawn.has(groups[row] ?? -1));
}

function pick({ ids, sha256, part, label, patient, traits }: RunImages, rows: readonly number[]): RunImages {
  const texts = (values: readonly string[]) => rows.map((row) => values[row] ?? "");
  const { dataset, view, sex, patient: seen } = traits;
  return {
    ids: Float64Array.from(rows, (row) => ids[row] ?? 0),
    sha256: texts(sha256),
    part: Uint8Array.from(rows, (row) => part[row] ?? 0),
    label: gatherLabels(label, rows),
    patient: gatherLabels(patient, rows),
    traits: { dataset: texts(dataset), view: texts(view), sex: texts(sex), patient: texts(seen) },
  };
}
