import { createHash } from "node:crypto";
import type { StoredFilm } from "@/server/images/store-film";
import { characterOf } from "@/server/labels/states";
import type { ObjectStore } from "@/server/storage/object-store";
import type { DatasetFormat, FilmRow } from "../formats/format";
import { readTable } from "../read-table";
import { type FilmOutcome, takeFilm } from "./film-pool";
import type { ImportPlaces } from "./places";

export type StagedRow = FilmRow & {
  readonly line: number;
  readonly packed: string;
  readonly objectSha256: string | null;
  /** SHA-256 over everything of the row that is stored but its film: equal means that the table did not change. */
  readonly rowHash: string;
};
export type Rejection = { readonly line: number; readonly path: string | null; readonly reason: string };

export type Sink = {
  row(row: StagedRow): Promise<void> | void;
  film(film: StoredFilm): Promise<void> | void;
  reject(rejection: Rejection): void;
  progress(rows: number, films: number): void;
};
export type Collected = { readonly rows: number; readonly present: number; readonly missing: number };

/** Films in work at once: enough to keep two cores and a disk busy. */
const atOnce = 8;

/** Goes through a table once; every row ends as a staged row or as a rejection with its reason. */
export async function collect(
  format: DatasetFormat,
  places: ImportPlaces,
  positions: ReadonlyMap<string, number>,
  store: ObjectStore,
  known: (sha256: string) => boolean,
  sink: Sink,
  signal?: AbortSignal,
): Promise<Collected> {
  const counts = { rows: 0, present: 0, missing: 0 };
  const firstLines = new Map<string, number>();
  const pending: Promise<() => Promise<void> | void>[] = [];
  const { folders } = places;
  for await (const { line, cells } of readTable(places.table, format.requiredColumns)) {
    signal?.throwIfAborted();
    counts.rows += 1;
    if (counts.rows % 1000 === 0) sink.progress(counts.rows, counts.present);
    const parsed = format.parse(cells, line);
    if (!parsed.ok) {
      sink.reject({ line, path: null, reason: parsed.reason });
      continue;
    }
    const { row } = parsed;
    const first = firstLines.get(row.path);
    if (first !== undefined && folders === null) {
      sink.reject({ line, path: row.path, reason: `file name twice (first on line ${first})` });
      continue;
    }
    if (first === undefined) firstLines.set(row.path, line);
    if (folders === null) {
      counts.missing += 1;
      const taken = sink.row(stage(row, line, positions, null));
      if (taken) await taken;
      continue;
    }
    pending.push(film(row, line, first, folders));
    if (pending.length >= atOnce) await settleFirst();
  }
  while (pending.length > 0) await settleFirst();
  sink.progress(counts.rows, counts.present);
  return counts;

  // Films are decoded side by side but settled in the table's order, so that the same table stages alike.
  async function settleFirst() {
    const settle = await pending.shift();
    await settle?.();
    if (counts.present % 20 === 0) sink.progress(counts.rows, counts.present);
  }

  async function film(row: FilmRow, line: number, first: number | undefined, at: readonly string[]) {
    const outcome = await takeFilm(at, row.files, store, known);
    return () => settle(row, line, first, outcome);
  }

  async function settle(row: FilmRow, line: number, first: number | undefined, outcome: FilmOutcome) {
    if (outcome.kind === "missing") {
      counts.missing += 1;
      return sink.reject({ line, path: row.path, reason: "image missing" });
    }
    if (first !== undefined) {
      return sink.reject({ line, path: row.path, reason: `file name twice (first on line ${first})` });
    }
    if (outcome.kind === "refused") return sink.reject({ line, path: row.path, reason: outcome.reason });
    counts.present += 1;
    if (outcome.film) await sink.film(outcome.film);
    await sink.row(stage(row, line, positions, outcome.sha256));
  }
}

function stage(
  row: FilmRow,
  line: number,
  positions: ReadonlyMap<string, number>,
  objectSha256: string | null,
): StagedRow {
  const characters: string[] = new Array(positions.size).fill(".");
  for (const [finding, state] of row.labels) {
    const position = positions.get(finding);
    if (position !== undefined) characters[position] = characterOf(state);
  }
  const packed = characters.join("");
  const { patient, study, sequence, dayOffset, view, sex, age, extra } = row;
  // Placeholder patients are named by line; a row that only moved has not changed.
  const owner = row.placeholder ? null : patient;
  const content = JSON.stringify([
    owner,
    study,
    sequence,
    dayOffset,
    view,
    sex,
    age,
    packed,
    objectSha256,
    extra,
  ]);
  const rowHash = createHash("sha256").update(content).digest("base64");
  return { ...row, line, packed, objectSha256, rowHash };
}
