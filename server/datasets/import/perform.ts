import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Actor } from "@/server/auth/actor";
import { database } from "@/server/db/client";
import { findings, imageObjects, imports } from "@/server/db/schema";
import { decoderPool } from "@/server/images/decoder/pool";
import { ExpectedFailure, fail, messageOf, type Result } from "@/server/lib/errors";
import { log } from "@/server/lib/log";
import type { ObjectStore } from "@/server/storage/object-store";
import { objectStore } from "@/server/storage/open";
import { collectDicom, quarantineDecisions } from "../dicom/collect-dicom";
import { folderFiles } from "../dicom/folder-files";
import { pseudonymSecret } from "../dicom/pseudonym-secret";
import { pseudonyms } from "../dicom/pseudonyms";
import { datasetFormat, formatNames } from "../formats/registry";
import type { ImportProgress, ImportResult } from "../schema";
import { type OpenSource, openSource } from "../uploads/open-source";
import { clearAbandoned, clearWork } from "./abandoned";
import { applyImport } from "./apply/apply-import";
import { type Counts, collect } from "./collect";
import { countLines } from "./count-lines";
import type { FilmSize } from "./film-intake";
import { holdImport } from "./hold";
import { progressReport, type Report } from "./progress";
import { rowsOf } from "./rows";
import { openSpool } from "./spool";
import { tidyTables } from "./tidy-tables";
import { lineFile, makeWorkFolder, removeWorkFolder } from "./work-folder";

export type Surroundings = {
  readonly onProgress?: (progress: ImportProgress) => void;
  readonly signal?: AbortSignal;
  /** This installation's store unless a test brings its own. */
  readonly store?: ObjectStore;
};

type NotedImport = typeof imports.$inferSelect;

/**
 * Does a noted import, from its beginning: reads the table, stores the films, and makes all of it visible in one
 * transaction. What fails on the way leaves the dataset as it was and the import marked as failed with the reason.
 */
export async function performImport(
  actor: Actor,
  importId: number,
  surroundings: Surroundings = {},
): Promise<Result<ImportResult>> {
  const store = surroundings.store ?? objectStore();
  const [noted] = await database().select().from(imports).where(eq(imports.id, importId));
  if (!noted) return fail("not-found", "There is no such import.");
  await clearAbandoned(store, importId).catch((error: unknown) =>
    log("import").warn({ err: error }, "abandoned imports could not be settled"),
  );
  const hold = await holdImport(importId);
  if (!hold) return fail("conflict", "This import is already being done.");
  const signal = AbortSignal.any([hold.lost, ...(surroundings.signal ? [surroundings.signal] : [])]);
  const result = await attempt(actor, noted, store, { ...surroundings, signal }).finally(hold.release);
  if (!result.ok) {
    await clearWork(importId, store).catch((error: unknown) =>
      log("import").warn({ err: error, importId }, "left for the next import to clear"),
    );
  } else if (result.value.added + result.value.updated > 0) await tidyTables();
  return result;
}

async function attempt(
  actor: Actor,
  noted: NotedImport,
  store: ObjectStore,
  { onProgress, signal }: Surroundings & { readonly signal: AbortSignal },
): Promise<Result<ImportResult>> {
  const began = performance.now();
  const { id: importId, datasetName: name } = noted;
  try {
    await database()
      .update(imports)
      .set({ status: "running", startedAt: new Date(), finishedAt: null, error: null, progress: null })
      .where(eq(imports.id, importId));
    const report = progressReport(importId, onProgress);
    const format = datasetFormat(z.enum(formatNames).parse(noted.format));
    const source = await openSource(actor, noted, format, { report, signal });
    const files = await makeWorkFolder(importId);
    const counts = await read({ importId, dataset: name }, source, store, report, signal);
    signal.throwIfAborted();
    report("saving", 0, 0);
    const result = await applyImport(actor, { importId, name, format: format.name, counts, files, began });
    if (!result.ok) return failed(importId, new ExpectedFailure(result.code, result.message, result.detail));
    await removeWorkFolder(importId);
    await source.done();
    return result;
  } catch (error) {
    return failed(importId, error);
  }
}

/** Reads table and films into the import's work folder and the store. */
async function read(
  { importId, dataset }: { readonly importId: number; readonly dataset: string },
  { places, roots }: OpenSource,
  store: ObjectStore,
  report: Report,
  signal: AbortSignal,
): Promise<Counts> {
  const files = await makeWorkFolder(importId);
  const positions = new Map(
    (await database().select().from(findings)).map((row) => [row.name, row.position]),
  );
  const pool = decoderPool();
  const objects = await lineFile(files.objects, "a");
  const spool = await openSpool(importId, files);
  const journal = async (sha256s: readonly string[]) => {
    objects.add(`${sha256s.join("\n")}\n`);
    await objects.flush();
  };
  try {
    if (places.kind === "files") {
      const [decisions, secret] = await Promise.all([quarantineDecisions(dataset), pseudonymSecret()]);
      const found = await folderFiles(places.place, roots);
      if (found.length === 0) throw new ExpectedFailure("invalid", "There are no files in this folder.");
      const { readDicom } = pool;
      const names = pseudonyms(secret);
      const intake = { store, journal, readDicom, names, decisions, findings: positions.size };
      const progress = (done: number) => report("films", done, found.length);
      return await collectDicom(found, intake, spool, { progress, signal });
    }
    const phase = places.folder === null ? "reading" : "films";
    const total = await countLines(places.table);
    const known = places.folder === null ? new Map<string, FilmSize>() : await describedFilms();
    const { decode } = pool;
    const intake = { store, journal, decode, known };
    const progress = (rows: number) => report(phase, rows, total);
    const counts = await collect(rowsOf(places, positions, roots), intake, spool, { progress, signal });
    if (counts.rows === 0) throw new ExpectedFailure("invalid", "The table has a header and no rows.");
    return counts;
  } finally {
    pool.close();
    await Promise.all([objects.close(), spool.close()]);
  }
}

async function describedFilms(): Promise<ReadonlyMap<string, FilmSize>> {
  const { sha256, width, height } = imageObjects;
  const rows = await database().select({ sha256, width, height }).from(imageObjects);
  return new Map(rows.map((row) => [row.sha256, row]));
}

async function failed(importId: number, error: unknown): Promise<Result<never>> {
  const expected = error instanceof ExpectedFailure;
  const reason = expected ? error.message : reasonOf(error);
  if (!expected) log("import").error({ err: error, importId }, "import failed");
  await database()
    .update(imports)
    .set({ status: "failed", finishedAt: new Date(), error: reason, progress: null })
    .where(eq(imports.id, importId))
    .catch((second: unknown) => log("import").error({ err: second, importId }, "failure not noted"));
  return expected ? error.failure : fail("unavailable", reason);
}

/** Classes of SQLSTATE: 57P0x the server ends, 08 connection, 53100 its disk is full; the driver's own codes. */
function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (code === "ENOSPC" || code === "EDQUOT" || code === "53100") {
    return "The disk is full. Nothing was imported; make room and import again.";
  }
  if (/^(57P0|08|CONNECTION_|ECONN)/.test(code)) {
    return "The database went away. Nothing was imported; import again.";
  }
  if ((error as Error).name === "AbortError") {
    return "The import was stopped. Nothing was imported; import again.";
  }
  return `The import broke off: ${messageOf(error)}. Nothing was imported.`;
}
