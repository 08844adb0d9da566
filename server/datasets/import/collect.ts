import type { FilmRow } from "../formats/format";
import { type FilmIntake, takeFilm } from "./film-intake";
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
};

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
  const withFilm = async (line: number, row: FilmRow, file: FilmFile) => {
    const outcome = await takeFilm(file, intake);
    if (outcome.kind === "refused") {
      counts.rejected += 1;
      await spool.reject({ line, path: row.path, reason: outcome.reason });
    } else {
      counts.taken += 1;
      counts.present += 1;
      if (outcome.film) await spool.film(outcome.film);
      await spool.row(line, row, outcome.sha256);
    }
    done();
  };
  try {
    for await (const item of items) {
      watch.signal?.throwIfAborted();
      counts.rows += 1;
      if (item.kind === "row" && item.film) {
        const { line, row, film } = item;
        await films.start(film.bytes, () => withFilm(line, row, film));
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
  return counts;
}
