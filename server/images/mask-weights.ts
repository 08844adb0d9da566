import sharp from "sharp";
import { type Grid, type MaskWeights, maskWeights } from "@/server/ml/saliency-measures";
import { objectStore } from "@/server/storage/open";

/** A mask of four megapixels takes a tenth of a second to read and comes to under a kilobyte here. */
const mostKept = 4_000;
const kept = new Map<string, Promise<MaskWeights>>();

/**
 * What the cells of a map give to the pixels inside and outside a stored lung mask, at the mask's own size. Kept, for
 * an object never changes.
 * @throws what the store throws, or sharp where the object is no picture
 */
export function storedMaskWeights(sha256: string, grid: Grid): Promise<MaskWeights> {
  const key = `${sha256} ${grid.width} ${grid.height}`;
  const found = kept.get(key);
  if (found) return found;
  const weights = readWeights(sha256, grid);
  kept.set(key, weights);
  weights.catch(() => kept.delete(key));
  if (kept.size > mostKept) for (const oldest of [...kept.keys()].slice(0, mostKept / 4)) kept.delete(oldest);
  return weights;
}

async function readWeights(sha256: string, grid: Grid): Promise<MaskWeights> {
  const { data, info } = await sharp(await objectStore().get(sha256))
    .toColourspace("b-w")
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return maskWeights({ data, width: info.width, height: info.height }, grid);
}
