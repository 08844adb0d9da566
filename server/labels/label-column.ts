import { sql } from "drizzle-orm";
import { LRUCache } from "lru-cache";
import type { Database } from "@/server/db/client";
import type { Side } from "./compared-sides";

/** Every image of a side with its packed label, by ascending id. */
export type LabelColumn = { readonly images: readonly string[]; readonly labels: readonly string[] };

const kept = new LRUCache<number, Promise<LabelColumn>>({ max: 4 });

/** All labels of a side. A frozen set never changes: the last few that were asked for are kept. */
export function labelColumn(db: Database, side: Side): Promise<LabelColumn> {
  const { frozen } = side;
  if (frozen === null) return readColumn(db, side);
  const read = kept.get(frozen) ?? readColumn(db, side);
  kept.set(frozen, read);
  read.catch(() => kept.delete(frozen));
  return read;
}

/**
 * As two values: as rows each would cost the driver more than it costs the database, and the database joins two
 * sides in twice the time that it takes to read them.
 */
async function readColumn(db: Database, { rows }: Side): Promise<LabelColumn> {
  const [column] = await db.execute<{ images: string | null; labels: string | null }>(sql`
    select string_agg(image_id::text, ' ') as images, string_agg(labels, ' ') as labels
    from (select image_id, labels from (${rows}) as side order by image_id) as sorted`);
  const { images = null, labels = null } = column ?? {};
  return { images: images?.split(" ") ?? [], labels: labels?.split(" ") ?? [] };
}
