import { type FilmIntake, type FilmSize, takeFilm } from "./film-intake";
import { takeLungMask } from "./mask-intake";
import type { FilmFile, TableItem } from "./rows";
import { sideBySide } from "./side-by-side";
import type { Spool } from "./spool";

export type Counts = {
  /** Rows of the table, whatever became of them. */
  readonly rows: number;
  /** Rows taken, with and without their film. */
  readonly taken: number;
  readonly present: number;
  readonly missing: number;
  readonly rejected: number;
  /** Films that wait until somebody has looked at them. */
  readonly quarantined: number;
  readonly lungMasks: LungMasks;
};

export type LungMasks = {
  readonly taken: number;
  /** Their films were taken all the same. */
  readonly refused: readonly { readonly line: number; readonly reason: string }[];
};
export const noLungMasks: LungMasks = { taken: 0, refused: [] };

type ItemWithFilm = Extract<TableItem, { kind: "row" }> & { readonly film: FilmFile };

/** Films in work at once, and bytes of them: enough for a few processors and a slow store. */
const filmsAtOnce = 16;
const bytesAtOnce = 64e6;

/** Takes every row of a table and its film; each ends in the spool, as a row or as a rejection. */
export async function collect(
  items: AsyncIterable<TableItem>,
  intake: FilmIntake,
  spool: Spool,
  watch: { readonly progress: (rows: number) => void; readonly signal?: AbortSignal },
): Promise<Counts> {
  const counts = { rows: 0, taken: 0, present: 0, missing: 0, rejected: 0, quarantined: 0 };
  let settled = 0;
  const films = sideBySide(filmsAtOnce, bytesAtOnce);
  const done = () => {
    settled += 1;
    watch.progress(settled);
  };
  let masksTaken = 0;
  const masksRefused: { line: number; reason: string }[] = [];
  const maskOf = async ({ line, lungMask }: ItemWithFilm, size: FilmSize): Promise<string | null> => {
    const mask = lungMask && (await takeLungMask(lungMask, size, intake));
    if (!mask) return null;
    if ("refused" in mask) {
      masksRefused.push({ line, reason: mask.refused });
      return null;
    }
    masksTaken += 1;
    return mask.sha256;
  };
  const withFilm = async (item: ItemWithFilm) => {
    const { line, row, film } = item;
    const outcome = await takeFilm(film, intake);
    if (outcome.kind === "refused") {
      counts.rejected += 1;
      await spool.reject({ line, path: row.path, reason: outcome.reason });
    } else {
      counts.taken += 1;
      counts.present += 1;
      if (outcome.film) await spool.film(outcome.film);
      await spool.row(line, row, outcome.sha256, await maskOf(item, outcome.size));
    }
    done();
  };
  try {
    for await (const item of items) {
      watch.signal?.throwIfAborted();
      counts.rows += 1;
      if (item.kind === "row" && item.film) {
        const { film } = item;
        await films.start(film.bytes, () => withFilm({ ...item, film }));
        continue;
      }
      if (item.kind === "row") {
        counts.taken += 1;
        counts.missing += 1;
        await spool.row(item.line, item.row, null);
      } else {
        counts.rejected += 1;
        if (item.missing) counts.missing += 1;
        await spool.reject(item);
      }
      done();
    }
    await films.finish();
  } finally {
    await films.settle();
  }
  return { ...counts, lungMasks: { taken: masksTaken, refused: masksRefused } };
}
