import { eq, sql } from "drizzle-orm";
import { query } from "@/server/auth/command";
import type { Database } from "@/server/db/client";
import { runs } from "@/server/db/schema";
import { type MaskOnGrid, storedMaskWeights } from "@/server/images/mask-weights";
import { vocabulary } from "@/server/labels/vocabulary";
import { fail, ok } from "@/server/lib/errors";
import { pointingDistance, pointingTolerance } from "@/server/ml/pointing-game";
import { type MaskWeights, shareOutside } from "@/server/ml/saliency-measures";
import { type Region, regions } from "@/server/reading/schema";
import { objectStore } from "@/server/storage/open";
import { type MeasuredFilm, runReference, type SaliencyMeasures } from "./schema";

/**
 * What a run's stored HiResCAM maps of its test films (of the class that it gave each) can be held against: lung
 * masks, and the regions that readers drew for the class's finding. A class stands for a finding only where it is
 * called as one; films of others play no pointing game. Worked out from what is stored, without the engine.
 * Errors: not-found.
 */
export const saliencyMeasures = query({
  name: "saliency.measures",
  permission: "models.view",
  input: runReference,
  async run({ db, input }) {
    const [run] = await db.select({ classes: runs.classes }).from(runs).where(eq(runs.id, input.run));
    if (!run) return fail("not-found", `There is no run ${input.run}.`);
    const findings = await findingsCalled(db, run.classes);
    const rows = await mapsToMeasure(db, input.run);
    const weightsOf = await storedMaskWeights(db, rows.flatMap(maskOf));
    const films: MeasuredFilm[] = [];
    for (const row of rows) {
      const [mask] = maskOf(row);
      const film = await measured(row, findings[row.classIndex] ?? null, mask ? weightsOf(mask) : null);
      if (film.outsideLungs !== null || film.pointing !== null) films.push(film);
    }
    return ok(summaryOf(films));
  },
});

/** Position of the finding that is called as each class, in either of its names; null where none is. */
async function findingsCalled(db: Database, classes: readonly string[]): Promise<(number | null)[]> {
  const known = await vocabulary(db);
  return classes.map((name) => {
    const same = (other: string) => other.toLowerCase() === name.trim().toLowerCase();
    return known.find((finding) => same(finding.name) || same(finding.shortName))?.position ?? null;
  });
}

type MapRow = {
  image: string;
  classIndex: number;
  map: string;
  width: number;
  height: number;
  mask: string | null;
  filmWidth: number;
  filmHeight: number;
  regions: unknown;
};

/** Of current reads alone: what a reader took back or changed counts no more. */
function mapsToMeasure(db: Database, run: number): Promise<readonly MapRow[]> {
  return db.execute<MapRow>(sql`
    select p.image_id as image, m.class_index as "classIndex", m.object_sha256 as map, m.width, m.height,
      i.lung_mask_sha256 as mask, o.width as "filmWidth", o.height as "filmHeight", drawn.regions
    from predictions p
    join saliency_maps m on m.run_id = p.run_id and m.image_id = p.image_id and m.method = 'hirescam'
      and m.class_index = p.predicted_index
    join images i on i.id = p.image_id
    join image_objects o on o.sha256 = i.object_sha256
    left join lateral (
      select jsonb_agg(region) as regions
      from reads r cross join jsonb_array_elements(r.regions) region
      where r.study_id = i.study_id and r.current and not r.withdrawn
        and (region->>'image')::bigint = i.id) drawn on true
    where p.run_id = ${run} and p.part = 2
      and (i.lung_mask_sha256 is not null or drawn.regions is not null)
    order by p.image_id`);
}

function maskOf({ mask, width, height }: MapRow): readonly MaskOnGrid[] {
  return mask === null ? [] : [{ mask, width, height }];
}

async function measured(
  row: MapRow,
  finding: number | null,
  weights: MaskWeights | null,
): Promise<MeasuredFilm> {
  const grid = { width: row.width, height: row.height };
  const stored = await objectStore().get(row.map);
  const values = new Float32Array(new Uint8Array(stored).buffer);
  const drawn = regionsOf(row.regions).filter((region) => region.finding === finding);
  return {
    image: Number(row.image),
    outsideLungs: weights ? outside(values, weights) : null,
    pointing: pointingDistance(values, grid, { width: row.filmWidth, height: row.filmHeight }, drawn),
  };
}

/** With what an even map would have beside it: without that a share says little. */
function outside(values: Float32Array, weights: MaskWeights): MeasuredFilm["outsideLungs"] {
  const share = shareOutside(values, weights);
  const evenMap = shareOutside(
    values.map(() => 1),
    weights,
  );
  return share === null || evenMap === null ? null : { share, evenMap };
}

/** Of several readers together: more than one read may hold. */
function regionsOf(stored: unknown): readonly Region[] {
  return Array.isArray(stored) ? stored.flatMap((one) => regions.parse([one])) : [];
}

function summaryOf(films: readonly MeasuredFilm[]): SaliencyMeasures {
  const shares = films.flatMap(({ outsideLungs }) => outsideLungs ?? []);
  const distances = films.flatMap(({ pointing }) => pointing ?? []);
  return {
    method: "hirescam",
    outsideLungs:
      shares.length === 0
        ? null
        : {
            mean: meanOf(shares.map(({ share }) => share)),
            evenMap: meanOf(shares.map(({ evenMap }) => evenMap)),
            films: shares.length,
          },
    pointingGame:
      distances.length === 0
        ? null
        : {
            films: distances.length,
            hits: distances.filter((distance) => distance <= pointingTolerance).length,
            inside: distances.filter((distance) => distance === 0).length,
            tolerance: pointingTolerance,
          },
    films,
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
