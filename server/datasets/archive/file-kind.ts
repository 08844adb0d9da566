import { open } from "node:fs/promises";
import { createGunzip } from "node:zlib";

/** What an uploaded file is by its first bytes; its name says nothing. */
export type FileKind = "zip" | "tar" | "tar.gz" | "csv" | "csv.gz" | "dicom";

const blockLength = 512;

/** Null for anything that is no archive, no table and no DICOM file. */
export async function fileKind(file: string): Promise<FileKind | null> {
  const head = await firstBytes(file, 64 * 1024);
  // PS3.10, 7.1. Asked first: anything may stand in the 128 bytes before it.
  if (head.toString("latin1", 128, 132) === "DICM") return "dicom";
  // PKWARE APPNOTE 4.3.7 (a local file header) and 4.3.16 (an empty archive's only record).
  if (["504b0304", "504b0506"].includes(head.toString("hex", 0, 4))) return "zip";
  // RFC 1952, 2.3.1: ID1, ID2, and deflate as the only method there is.
  if (head[0] === 0x1f && head[1] === 0x8b && head[2] === 8) {
    const inner = await firstUnzipped(head);
    if (isTar(inner)) return "tar.gz";
    return isText(inner) ? "csv.gz" : null;
  }
  if (isTar(head)) return "tar";
  return isText(head) ? "csv" : null;
}

/** POSIX ustar: the magic stands at byte 257 of the first header. */
function isTar(bytes: Buffer): boolean {
  return bytes.length >= blockLength && bytes.toString("latin1", 257, 262) === "ustar";
}

/** A table has commas and, bar tab and line ends, no control characters. */
function isText(bytes: Buffer): boolean {
  return bytes.includes(",") && !bytes.some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20));
}

async function firstBytes(file: string, length: number): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The beginning of what a gzip stream holds, as far as these bytes tell. */
function firstUnzipped(head: Buffer): Promise<Buffer> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let length = 0;
    const gunzip = createGunzip();
    const end = () => {
      gunzip.destroy();
      resolve(Buffer.concat(parts));
    };
    gunzip.on("data", (part: Buffer) => {
      parts.push(part);
      length += part.length;
      if (length >= 16 * blockLength) end();
    });
    // The bytes end in the middle of the stream, which is an error to it and none to us.
    gunzip.once("error", end).once("end", end);
    gunzip.end(head);
  });
}
