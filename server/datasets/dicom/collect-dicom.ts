import { eq } from "drizzle-orm";
import { database } from "@/server/db/client";
import { quarantinedFilms } from "@/server/db/schema";
import { type Counts, noLungMasks } from "../import/collect";
import type { FilmFile } from "../import/rows";
import { sideBySide } from "../import/side-by-side";
import type { Spool } from "../import/spool";
import { type DicomIntake, takeDicom } from "./take-dicom";

/** Files in work at once, and bytes of them: each may unpack to a hundred times its size. */
const filesAtOnce = 4;
const bytesAtOnce = 64e6;

/** Takes every file; each ends in the spool: as a row, held in quarantine, or as a rejection. */
export async function collectDicom(
  files: readonly FilmFile[],
  intake: DicomIntake,
  spool: Spool,
  watch: { readonly progress: (files: number) => void; readonly signal?: AbortSignal },
): Promise<Counts> {
  const counts = { rows: 0, taken: 0, present: 0, missing: 0, rejected: 0, quarantined: 0 };
  const lines = new Map<string, number>();
  let settled = 0;
  const running = sideBySide(filesAtOnce, bytesAtOnce);
  const take = async (line: number, file: FilmFile) => {
    const outcome = await takeDicom(file, intake);
    const reason = outcome.kind === "refused" ? outcome.reason : repeated(lines.get(outcome.row.path));
    if (outcome.kind === "refused" || reason !== null) {
      counts.rejected += 1;
      // What a file is called may name a patient: it is told by its number alone.
      await spool.reject({ line, path: null, reason: reason ?? "" });
    } else {
      lines.set(outcome.row.path, line);
      counts.present += 1;
      await spool.film(outcome.film);
      if (outcome.kind === "taken") {
        counts.taken += 1;
        await spool.row(line, outcome.row, outcome.film.sha256);
      } else {
        counts.quarantined += 1;
        await spool.quarantine(line, outcome.row, outcome.film.sha256, outcome.reason);
      }
    }
    settled += 1;
    watch.progress(settled);
  };
  try {
    for (const [index, file] of files.entries()) {
      watch.signal?.throwIfAborted();
      counts.rows += 1;
      await running.start(file.bytes, () => take(index + 1, file));
    }
    await running.finish();
  } finally {
    await running.settle();
  }
  return { ...counts, lungMasks: noLungMasks };
}

function repeated(first: number | undefined): string | null {
  return first === undefined ? null : `the same film twice (first is file ${first})`;
}

/** What was decided about a dataset's films in quarantine, by path. */
export async function quarantineDecisions(dataset: string): Promise<DicomIntake["decisions"]> {
  const rows = await database()
    .select({ path: quarantinedFilms.path, state: quarantinedFilms.state })
    .from(quarantinedFilms)
    .where(eq(quarantinedFilms.datasetName, dataset));
  return new Map(rows.map(({ path, state }) => [path, state]));
}
