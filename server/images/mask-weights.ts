import { inArray } from "drizzle-orm";
import sharp from "sharp";
import type { Executor } from "@/server/db/client";
import { maskWeights as table } from "@/server/db/schema";
import { type Grid, type MaskWeights, maskWeights } from "@/server/ml/saliency-measures";
import { objectStore } from "@/server/storage/open";

export type MaskOnGrid = { readonly mask: string } & Grid;
const keyOf = ({ mask, width, height }: MaskOnGrid) => `${mask} ${width} ${height}`;

/**
 * What the cells of maps give to the pixels inside and outside stored lung masks, at each mask's own size. A mask is
 * read once: four megapixels take a tenth of a second and come to under a kilobyte here.
 * @throws what the store throws, or sharp where an object is no picture
 */
export async function storedMaskWeights(
  db: Executor,
  wanted: readonly MaskOnGrid[],
): Promise<(one: MaskOnGrid) => MaskWeights | null> {
  const masks = [...new Set(wanted.map(({ mask }) => mask))];
  const kept = masks.length === 0 ? [] : await db.select().from(table).where(inArray(table.mask, masks));
  const known = new Map<string, MaskWeights>(kept.map((row) => [keyOf(row), row]));
  const fresh = new Map<string, typeof table.$inferInsert>();
  // One after the other: a mask may have many megapixels.
  for (const { mask, width, height } of wanted) {
    const key = keyOf({ mask, width, height });
    if (known.has(key) || fresh.has(key)) continue;
    const { inside, outside } = await readWeights(mask, { width, height });
    fresh.set(key, { mask, width, height, inside: [...inside], outside: [...outside] });
  }
  if (fresh.size > 0) {
    await db
      .insert(table)
      .values([...fresh.values()])
      .onConflictDoNothing();
  }
  return (one) => known.get(keyOf(one)) ?? fresh.get(keyOf(one)) ?? null;
}

async function readWeights(sha256: string, grid: Grid): Promise<MaskWeights> {
  const { data, info } = await sharp(await objectStore().get(sha256))
    .toColourspace("b-w")
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return maskWeights({ data, width: info.width, height: info.height }, grid);
}
