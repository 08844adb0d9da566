import { sql } from "drizzle-orm";
import type { Transaction } from "@/server/db/client";
import { stateAt } from "@/server/labels/states";
import { fail, ok, type Result } from "@/server/lib/errors";
import type { Region } from "./schema";

/**
 * Whether every region lies on a film of the study and marks a finding that the read says is, or may be, there.
 * Errors: invalid.
 */
export async function regionsOnFilms(
  tx: Transaction,
  studyId: number,
  labels: string,
  regions: readonly Region[],
): Promise<Result<null>> {
  if (regions.length === 0) return ok(null);
  const films = await tx.execute<{ id: string; width: number; height: number }>(sql`
    select i.id, o.width, o.height from images i join image_objects o on o.sha256 = i.object_sha256
    where i.study_id = ${studyId}`);
  for (const { image, finding, x, y, width, height } of regions) {
    const film = films.find(({ id }) => Number(id) === image);
    if (!film) return fail("invalid", "A region is drawn on a film that is not of this study.");
    if (x + width > film.width || y + height > film.height) {
      return fail("invalid", `A region lies outside its film of ${film.width} × ${film.height} pixels.`);
    }
    const state = stateAt(labels, finding);
    if (state !== "positive" && state !== "uncertain") {
      return fail("invalid", "A region belongs to a finding that is positive or uncertain.");
    }
  }
  return ok(null);
}
