import { sql } from "drizzle-orm";
import { query } from "@/server/auth/command";
import { imageFilters } from "@/server/images/browse/schema";
import { everyCondition, fromImages, selectionOf } from "@/server/images/browse/selection";
import { fail, ok } from "@/server/lib/errors";

/** A worklist from filters takes no more films than this. */
const mostImages = 250_000;

/**
 * The images that the filters of the images page select now, in the order of import: what a worklist "from this"
 * is made of. Errors: invalid and not-found as the images page, conflict (nothing matches, or too much).
 */
export const filteredImages = query({
  name: "worklist.filtered-images",
  permission: "worklists.manage",
  input: imageFilters,
  async run({ db, actor, input }) {
    const selection = await selectionOf(db, actor, input);
    const rows = await db.execute<{ id: string }>(sql`
      select images.id from ${fromImages(selection)} where ${everyCondition(selection)}
      order by images.id limit ${mostImages + 1}`);
    if (rows.length === 0) return fail("conflict", "No image matches these filters.");
    if (rows.length > mostImages) return fail("conflict", "These filters match over 250,000 images.");
    return ok({ images: rows.map(({ id }) => Number(id)) });
  },
});
