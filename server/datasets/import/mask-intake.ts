import { hash } from "node:crypto";
import { type FilmIntake, type FilmSize, readFilmFile, refusal } from "./film-intake";
import type { FilmFile } from "./rows";

/** Masks were often drawn on the film before it was made smaller: they have to agree in shape, not in size. */
const mostAside = 0.01;

/**
 * Reads, checks and stores a film's lung mask: a PNG or JPEG of the film's shape, light where there is lung. A mask
 * that cannot be used takes nothing from its film.
 * @returns its object, or why it is not taken
 * @throws what the store throws
 */
export async function takeLungMask(
  file: FilmFile,
  film: FilmSize,
  { store, decode, journal }: Pick<FilmIntake, "store" | "decode" | "journal">,
): Promise<{ readonly sha256: string } | { readonly refused: string }> {
  const bytes = await readFilmFile(file);
  if (typeof bytes === "string") return { refused: bytes };
  const mask = await decode(bytes).catch(refusal);
  if (typeof mask === "string") return { refused: mask };
  const aside = Math.abs((mask.width * film.height) / (mask.height * film.width) - 1);
  if (aside > mostAside) {
    return {
      refused: `its shape, ${mask.width} × ${mask.height}, is not the film's, ${film.width} × ${film.height}`,
    };
  }
  const sha256 = hash("sha256", bytes, "hex");
  await journal([sha256]);
  await store.put(bytes, mask.mediaType);
  return { sha256 };
}
