import { z } from "zod";

/** Bytes: a dataset as its authors pack it (CheXpert small is 11 GB), and one piece of an upload. */
export const largestUpload = 20e9;
export const chunkBytes = 8 * 1024 * 1024;

export const beginUploadInput = z.object({
  name: z.string().min(1).max(255),
  /** Bytes. */
  size: z.int().min(1, "The file is empty.").max(largestUpload, "The file is larger than 20 GB."),
});

export const uploadId = z.uuid();

/** How far an upload is; the next piece begins at byte `received`. */
export type UploadState = {
  readonly uploadId: string;
  readonly name: string;
  readonly size: number;
  readonly received: number;
  /** What to give an import as its source once all has come. */
  readonly source: string;
};
