import type { DecodedFilm } from "./decode-film";

/** What `image_objects` holds of a stored film. */
export type StoredFilm = Omit<DecodedFilm, "thumbnail"> & {
  readonly sha256: string;
  readonly bytes: number;
  readonly thumbnailSha256: string;
  /** The de-identified file that it was made from, where that is DICOM. */
  readonly dicomSha256: string | null;
};
