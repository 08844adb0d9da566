import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { dataFolder } from "@/server/lib/env";
import { ExpectedFailure } from "@/server/lib/errors";
import { type UploadState, uploadId } from "./schema";

/** Uploads lie in the data folder, each in a folder of its own below that of the person who sent it. */
export type Upload = UploadState & {
  readonly folder: string;
  /** What was sent, whatever it is. */
  readonly file: string;
};

const described = z.object({ name: z.string(), size: z.number() });
const keptMs = 24 * 3600 * 1000;

/** @throws ExpectedFailure("not-found") also for another person's upload */
export async function findUpload(userId: number, id: string): Promise<Upload> {
  const missing = new ExpectedFailure("not-found", "There is no such upload. Uploads are kept for a day.");
  if (!uploadId.safeParse(id).success) throw missing;
  const folder = path.join(personFolder(userId), id);
  const file = path.join(folder, "file");
  try {
    const [text, { size: received }] = await Promise.all([
      readFile(path.join(folder, "upload.json"), "utf8"),
      stat(file),
    ]);
    const { name, size } = described.parse(JSON.parse(text));
    return { uploadId: id, name, size, received, source: sourceOf(id, name), folder, file };
  } catch {
    throw missing;
  }
}

export async function makeUpload(userId: number, id: string, name: string, size: number): Promise<Upload> {
  const folder = path.join(personFolder(userId), id);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "file"), "", { flag: "wx" });
  await writeFile(path.join(folder, "upload.json"), JSON.stringify({ name: shown(name), size }));
  return findUpload(userId, id);
}

export async function removeUpload({ folder }: Pick<Upload, "folder">): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/** Removes uploads that nobody imported within a day. */
export async function removeOldUploads(userId: number, now: number): Promise<void> {
  const ids = await readdir(personFolder(userId)).catch(() => []);
  for (const id of ids) {
    const upload = await findUpload(userId, id).catch(() => null);
    const changed = upload && (await stat(upload.file)).mtimeMs;
    if (upload && changed !== null && now - changed > keptMs) await removeUpload(upload);
  }
}

/** An upload as the source of an import, and back; null for a source that is none. */
export function uploadOfSource(source: string): string | null {
  return /^upload:([0-9a-f-]{36})(?:\/|$)/.exec(source)?.[1] ?? null;
}

function sourceOf(id: string, name: string): string {
  return `upload:${id}/${name}`;
}

/** A file name to show: what follows the last separator, without control characters. */
function shown(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  const plain = [...last].filter((character) => character >= " " && character !== "\x7f").join("");
  return plain.trim().slice(0, 120) || "upload";
}

function personFolder(userId: number): string {
  return path.join(dataFolder(), "uploads", String(userId));
}
