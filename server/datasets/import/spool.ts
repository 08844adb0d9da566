import { hash } from "node:crypto";
import { type CopyValue, copyLine } from "@/server/db/copy";
import type { StoredFilm } from "@/server/images/stored-film";
import type { FilmRow } from "../formats/format";
import type { Rejection } from "./rows";
import { lineFile, type WorkFolder } from "./work-folder";

/** Columns of the staged rows, in the order of the spool. */
export const stagedColumns =
  "line, path, patient, placeholder, study, sequence, day_offset, view, sex, age, labels, extra, row_hash, object_sha256, lung_mask_sha256";
export const filmColumns =
  "sha256, pixel_sha256, media_type, bytes, width, height, channels, bit_depth, thumbnail_sha256, dicom_sha256";
export const rejectionColumns = "import_id, line, path, reason";

export type Spool = {
  row(
    line: number,
    row: FilmRow,
    objectSha256: string | null,
    lungMaskSha256?: string | null,
  ): Promise<void> | undefined;
  /** A row that waits in quarantine, and why. */
  quarantine(line: number, row: FilmRow, objectSha256: string, reason: string): Promise<void> | undefined;
  film(film: StoredFilm): Promise<void> | undefined;
  reject(rejection: Rejection): Promise<void> | undefined;
  close(): Promise<void>;
};

/** Writes what an import takes into its work folder, in the text that COPY reads. */
export async function openSpool(importId: number, files: WorkFolder): Promise<Spool> {
  const [rows, quarantined, films, rejections] = await Promise.all([
    lineFile(files.rows),
    lineFile(files.quarantined),
    lineFile(files.films),
    lineFile(files.rejections),
  ]);
  return {
    row: (line, row, objectSha256, lungMaskSha256 = null) =>
      rows.add(copyLine([...stagedValues(line, row, objectSha256), lungMaskSha256])),
    quarantine: (line, row, objectSha256, reason) =>
      quarantined.add(copyLine([...stagedValues(line, row, objectSha256), null, reason])),
    film: (film) =>
      films.add(
        copyLine([
          film.sha256,
          film.pixelSha256,
          film.mediaType,
          film.bytes,
          film.width,
          film.height,
          film.channels,
          film.bitDepth,
          film.thumbnailSha256,
          film.dicomSha256,
        ]),
      ),
    reject: ({ line, path, reason }) => rejections.add(copyLine([importId, line, path, reason])),
    async close() {
      await Promise.all([rows, quarantined, films, rejections].map((file) => file.close()));
    },
  };
}

function stagedValues(line: number, row: FilmRow, objectSha256: string | null): readonly CopyValue[] {
  const { path, patient, study, sequence, dayOffset, view, sex, age, labels } = row;
  const extra = row.extra === null ? null : JSON.stringify(row.extra);
  return [
    line,
    path,
    // Each row without an id gets a patient of its own, by the same name at every import.
    patient ?? `no id: ${path}`,
    patient === null,
    study,
    sequence,
    dayOffset,
    view,
    sex,
    age,
    labels,
    extra,
    rowHash(row),
    objectSha256,
  ];
}

/**
 * SHA-256 over what the table says of a film. The film's bytes are compared by themselves: a table imported
 * alone changes none. A finding added to the vocabulary lengthens the labels and changes nothing.
 */
function rowHash(row: FilmRow): string {
  const { patient, study, sequence, dayOffset, view, sex, age, labels, extra } = row;
  const said = [patient, study, sequence, dayOffset, view, sex, age, labels.replace(/\.+$/, ""), extra];
  return hash("sha256", JSON.stringify(said), "hex");
}
