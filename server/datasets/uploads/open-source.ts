import { rm } from "node:fs/promises";
import path from "node:path";
import type { Actor } from "@/server/auth/actor";
import { ExpectedFailure } from "@/server/lib/errors";
import { fileKind } from "../archive/file-kind";
import { unpackArchive } from "../archive/unpack";
import type { DatasetFormat } from "../formats/format";
import { findPlaces, type ImportPlaces } from "../import/places";
import type { Report } from "../import/progress";
import { allowedRoots, allowedSource } from "../import/roots";
import { findUpload, removeUpload, uploadOfSource } from "./upload-files";

export type OpenSource = {
  readonly places: ImportPlaces;
  /** Folders that films must lie below, links resolved; null: wherever they are linked to. */
  readonly roots: readonly string[] | null;
  /** Called when all of it was imported. */
  done(): Promise<void>;
};

type Noted = { readonly source: string; readonly tablePath: string | null; readonly userId: number | null };
type Watch = { readonly report: Report; readonly signal?: AbortSignal };

/**
 * Makes an import's source readable: unpacks an upload, checks that a folder named in the browser is one from
 * which people may import. At the shell every folder may be named.
 */
export async function openSource(
  actor: Actor,
  noted: Noted,
  format: DatasetFormat,
  watch: Watch,
): Promise<OpenSource> {
  const id = uploadOfSource(noted.source);
  if (id !== null) return openUpload(id, noted, format, watch);
  const done = async () => {};
  if (actor.kind !== "person") {
    return { places: await findPlaces(format, noted.source, noted.tablePath), roots: null, done };
  }
  const source = await allowedSource(noted.source);
  const table = noted.tablePath === null ? null : await allowedSource(noted.tablePath);
  return { places: await findPlaces(format, source, table), roots: await allowedRoots(), done };
}

async function openUpload(
  id: string,
  { userId }: Noted,
  format: DatasetFormat,
  { report, signal }: Watch,
): Promise<OpenSource> {
  const upload = await findUpload(userId ?? 0, id);
  if (upload.received !== upload.size) {
    throw new ExpectedFailure("invalid", "The upload is not complete. Send the file again.");
  }
  const kind = await fileKind(upload.file);
  const done = () => removeUpload(upload);
  // Nothing in an unpacked archive is a link.
  if (format.kind === "table" && (kind === "csv" || kind === "csv.gz")) {
    return { places: { kind: "table", format, table: upload.file, folder: null }, roots: null, done };
  }
  if (format.kind === "files" && kind === "dicom") {
    return { places: { kind: "files", place: upload.file }, roots: null, done };
  }
  if (kind !== "zip" && kind !== "tar" && kind !== "tar.gz") {
    const expected = format.kind === "table" ? "a table" : `a ${format.title} file`;
    throw new ExpectedFailure("invalid", `${upload.name} is neither an archive nor ${expected}.`);
  }
  const folder = path.join(upload.folder, "unpacked");
  const clean = () => rm(folder, { recursive: true, force: true });
  const onProgress = (files: number) => report("unpacking", files, 0);
  await unpackArchive({ file: upload.file, kind }, folder, { signal, onProgress });
  const places = await findPlaces(format, folder, null).catch(async (error: unknown) => {
    await clean();
    throw error;
  });
  return { places, roots: null, done };
}
