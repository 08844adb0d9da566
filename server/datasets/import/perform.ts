import { eq } from "drizzle-orm";
import { z } from "zod";
import { type Actor, actorName } from "@/server/auth/actor";
import { command } from "@/server/auth/command";
import { database, driver } from "@/server/db/client";
import { imports } from "@/server/db/schema";
import { vocabulary } from "@/server/labels/vocabulary";
import { ExpectedFailure, fail, messageOf, ok, type Result } from "@/server/lib/errors";
import { log } from "@/server/lib/log";
import type { ObjectStore } from "@/server/storage/object-store";
import { objectStore } from "@/server/storage/open";
import { datasetFormat, formatNames } from "../formats/registry";
import type { ImportProgress, ImportResult } from "../schema";
import { type Collected, collect } from "./collect";
import { type Merged, mergeStaged } from "./merge";
import { findPlaces } from "./places";
import { clearStaging, keepRejections, openStaging, type Staging, storedFilms } from "./staging";

type Surroundings = {
  readonly onProgress?: (progress: ImportProgress) => void;
  readonly signal?: AbortSignal;
  /** This installation's store unless a test brings its own. */
  readonly store?: ObjectStore;
};

const rowsInResult = 1000;

/**
 * Does a noted import: reads the table, stores the films, and makes all of it visible in one transaction. What
 * fails on the way leaves the dataset as it was and the import marked as failed with the reason.
 */
export async function performImport(
  actor: Actor,
  importId: number,
  surroundings: Surroundings = {},
): Promise<Result<ImportResult>> {
  const began = performance.now();
  const [noted] = await database().select().from(imports).where(eq(imports.id, importId));
  if (!noted) return fail("not-found", "There is no such import.");
  let staging: Staging | undefined;
  try {
    const format = datasetFormat(z.enum(formatNames).parse(noted.format));
    const places = findPlaces(format, noted.source, noted.tablePath ?? undefined);
    await database()
      .update(imports)
      .set({ status: "running", startedAt: new Date(), error: null })
      .where(eq(imports.id, importId));
    await clearStaging(importId);
    const positions = new Map((await vocabulary()).map((finding) => [finding.name, finding.position]));
    const known = await storedFilms();
    staging = await openStaging(importId);
    const report = reporter(importId, surroundings.onProgress);
    const store = surroundings.store ?? objectStore();
    const sink = {
      ...staging,
      progress: (rows: number, films: number) =>
        report(films > 0 ? `${films} films stored` : "reading the table", rows),
    };
    const counts = await collect(
      format,
      places,
      positions,
      store,
      (sha256) => known.has(sha256),
      sink,
      surroundings.signal,
    );
    await staging.finish();
    await keepRejections(importId, staging.rejections);
    report("putting it together", counts.rows);
    const result = await finishImport(actor, {
      importId,
      began,
      counts,
      staging,
      name: noted.datasetName,
      format: format.name,
    });
    await driver()`analyze images, studies, patients`;
    return result;
  } catch (error) {
    await staging?.abort(error);
    return failed(importId, error);
  }
}

const finishing = z.object({
  importId: z.number(),
  began: z.number(),
  counts: z.custom<Collected>(),
  staging: z.custom<Staging>(),
  name: z.string(),
  format: z.enum(formatNames),
});

const finishImport = command({
  name: "import.finish",
  permission: "datasets.import",
  input: finishing,
  async run({ tx, actor, input, audit }) {
    const { importId, counts, staging, name, format, began } = input;
    const merged = await mergeStaged(tx, importId, { name, format, by: actorName(actor) }, staging.films);
    const result = resultOf(name, counts, merged, staging, (performance.now() - began) / 1000);
    await tx
      .update(imports)
      .set({ status: "done", datasetId: merged.datasetId, finishedAt: new Date(), result, progress: null })
      .where(eq(imports.id, importId));
    const { rejected, ...figures } = result;
    audit({
      action: "dataset.imported",
      object: { type: "dataset", id: merged.datasetId },
      after: { ...figures, rejected: rejected.count, importId },
    });
    return ok(result);
  },
});

function resultOf(
  dataset: string,
  counts: Collected,
  merged: Merged,
  staging: Staging,
  seconds: number,
): ImportResult {
  const rows = staging.rejections.slice(0, rowsInResult).map(({ line, reason }) => ({ line, reason }));
  return {
    dataset,
    rows: counts.rows,
    images: { present: counts.present, missing: counts.missing },
    studies: merged.studies,
    patients: merged.patients,
    added: merged.added,
    updated: merged.updated,
    unchanged: merged.unchanged,
    absent: merged.absent,
    rejected: { count: staging.rejections.length, rows },
    seconds: Math.round(seconds * 100) / 100,
  };
}

/** Says how far it is, to the caller at once and to the row at most twice a second. */
function reporter(importId: number, onProgress: Surroundings["onProgress"]) {
  let written = 0;
  return (phase: string, done: number) => {
    const progress = { phase, done, total: 0 };
    onProgress?.(progress);
    if (performance.now() - written < 500) return;
    written = performance.now();
    database()
      .update(imports)
      .set({ progress })
      .where(eq(imports.id, importId))
      .catch((error: unknown) => log("import").warn({ err: error }, "progress not written"));
  };
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

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (code === "ENOSPC") return "The disk is full. Nothing was imported; make room and import again.";
  if (/^(57P0|08|CONNECTION_)/.test(code))
    return "The database went away. Nothing was imported; import again.";
  return `The import broke off: ${messageOf(error)} Nothing was imported.`;
}
