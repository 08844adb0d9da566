import { once } from "node:events";
import type { Writable } from "node:stream";
import { eq, inArray } from "drizzle-orm";
import { database, driver } from "@/server/db/client";
import { imageObjects, importRejections, importRows } from "@/server/db/schema";
import type { StoredFilm } from "@/server/images/store-film";
import type { Rejection, StagedRow } from "./collect";

export type Staging = {
  row(row: StagedRow): Promise<void> | void;
  film(film: StoredFilm): void;
  reject(rejection: Rejection): void;
  /** Ends the copy; afterwards all rows stand in `import_rows`. */
  finish(): Promise<void>;
  abort(reason: unknown): Promise<void>;
  /** Films that were stored anew, for `image_objects`. */
  readonly films: readonly StoredFilm[];
  readonly rejections: readonly Rejection[];
};

/** Opens a COPY of staged rows beside whatever else goes on; nothing of it is visible before the merge. */
export async function openStaging(importId: number): Promise<Staging> {
  const films: StoredFilm[] = [];
  const rejections: Rejection[] = [];
  const copy = await driver()`copy import_rows (import_id, line, path, patient, placeholder, study, sequence,
    day_offset, view, sex, age, labels, object_sha256, extra, row_hash) from stdin`.writable();
  let failed: unknown;
  copy.on("error", (error) => {
    failed ??= error;
  });
  let chunk = "";
  return {
    films,
    rejections,
    row(row) {
      if (failed) throw failed;
      chunk += copyLine(importId, row);
      if (chunk.length < 1 << 18) return;
      const full = chunk;
      chunk = "";
      return push(copy, full, () => failed);
    },
    film: (film) => void films.push(film),
    reject: (rejection) => void rejections.push(rejection),
    async finish() {
      if (chunk) await push(copy, chunk, () => failed);
      const finished = once(copy, "finish");
      copy.end();
      await finished;
      if (failed) throw failed;
    },
    async abort(reason) {
      copy.destroy(reason instanceof Error ? reason : new Error(String(reason)));
      await clearStaging(importId).catch(() => {});
    },
  };
}

/** Removes what an import staged. */
export async function clearStaging(importId: number): Promise<void> {
  await database().delete(importRows).where(eq(importRows.importId, importId));
}

/** Hashes of films that are stored already, of all datasets. */
export async function storedFilms(): Promise<Set<string>> {
  const rows = await database().select({ sha256: imageObjects.sha256 }).from(imageObjects);
  return new Set(rows.map((row) => row.sha256));
}

/** Replaces the list of rows that an import could not take. */
export async function keepRejections(importId: number, rejections: readonly Rejection[]): Promise<void> {
  await database().transaction(async (tx) => {
    await tx.delete(importRejections).where(inArray(importRejections.importId, [importId]));
    for (let at = 0; at < rejections.length; at += 5000) {
      const some = rejections.slice(at, at + 5000);
      await tx.insert(importRejections).values(some.map((rejection) => ({ importId, ...rejection })));
    }
  });
}

async function push(copy: Writable, text: string, failure: () => unknown): Promise<void> {
  // `once` rejects when the stream fails while we wait.
  if (!copy.write(text)) await once(copy, "drain");
  const failed = failure();
  if (failed) throw failed;
}

function copyLine(importId: number, row: StagedRow): string {
  const fields = [
    importId,
    row.line,
    row.path,
    row.patient,
    row.placeholder ? "t" : "f",
    row.study,
    row.sequence,
    row.dayOffset,
    row.view,
    row.sex,
    row.age,
    row.packed,
    row.objectSha256,
    row.extra === null ? null : JSON.stringify(row.extra),
    row.rowHash,
  ];
  return `${fields.map(copyField).join("\t")}\n`;
}

/** PostgreSQL's text format of COPY: backslash, tab and line ends escaped, \N for null; no NUL in text. */
function copyField(value: string | number | null): string {
  if (value === null) return "\\N";
  if (typeof value === "number") return String(value);
  return /[\\\t\n\r\0]/.test(value)
    ? value.replace(/[\\\t\n\r\0]/g, (character) => escapes[character] ?? "")
    : value;
}
const escapes: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\t": "\\t",
  "\n": "\\n",
  "\r": "\\r",
  "\0": "",
};
