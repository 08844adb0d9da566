import { hash } from "node:crypto";
import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import type { ReadDicom } from "@/server/images/dicom/read-dicom";
import type { StoredFilm } from "@/server/images/stored-film";
import type { FilmRow } from "../formats/format";
import { type FilmIntake, readFilmFile, refusal } from "../import/film-intake";
import type { FilmFile } from "../import/rows";
import { deidentifiedFile } from "./deidentified-file";
import { dicomRow } from "./film-row";
import { newIdentity } from "./new-identity";
import { withText } from "./png-text";
import type { Pseudonyms } from "./pseudonyms";

export type DicomOutcome =
  | { readonly kind: "taken"; readonly row: FilmRow; readonly film: StoredFilm }
  | {
      readonly kind: "quarantined";
      readonly row: FilmRow;
      readonly film: StoredFilm;
      readonly reason: string;
    }
  | { readonly kind: "refused"; readonly reason: string };

export type DicomIntake = Pick<FilmIntake, "store" | "journal"> & {
  readonly readDicom: (bytes: Uint8Array) => Promise<ReadDicom>;
  readonly names: Pseudonyms;
  /** How long packed labels are. */
  readonly findings: number;
  /** What somebody decided about a film in quarantine, by path. */
  readonly decisions: ReadonlyMap<string, "held" | "cleared" | "rejected">;
};

/**
 * Reads a DICOM file, de-identifies it, and stores what may be kept: the new file, the film as it is shown, its
 * thumbnail. The file that was read is never stored.
 * @throws what the store throws: a full disk ends the import, it is no fault of the file
 */
export async function takeDicom(file: FilmFile, intake: DicomIntake): Promise<DicomOutcome> {
  const bytes = await readFilmFile(file);
  if (typeof bytes === "string") return { kind: "refused", reason: bytes };
  const read = await intake.readDicom(bytes).catch(refusal);
  if (typeof read === "string") return { kind: "refused", reason: read };
  const identity = newIdentity(read.facts, intake.names);
  const row = dicomRow(read, identity, intake.names, intake.findings);
  const decision = intake.decisions.get(row.path);
  if (decision === "rejected") return { kind: "refused", reason: "it was rejected in quarantine" };
  const film = await storeFilm(read, await deidentifiedFile(read, identity), intake);
  const reason = decision === "cleared" ? null : read.burnedIn;
  return reason === null ? { kind: "taken", row, film } : { kind: "quarantined", row, film, reason };
}

async function storeFilm(
  { film: { thumbnail, ...film }, display }: ReadDicom,
  file: Buffer,
  { store, journal }: DicomIntake,
): Promise<StoredFilm> {
  // Two files of the same pixels are two films: each names the file that it was made from.
  const picture = withText(display, "Source", `DICOM ${hash("sha256", file, "hex")}`);
  const packed = await promisify(gzip)(file, { level: constants.Z_BEST_SPEED });
  const of = (bytes: Uint8Array) => hash("sha256", bytes, "hex");
  const [sha256, thumbnailSha256, dicomSha256] = [of(picture), of(thumbnail), of(packed)];
  await journal([sha256, thumbnailSha256, dicomSha256]);
  await store.put(packed, "application/gzip");
  await store.put(picture, "image/png");
  await store.put(thumbnail, "image/webp");
  return { ...film, sha256, bytes: picture.length, thumbnailSha256, dicomSha256 };
}
