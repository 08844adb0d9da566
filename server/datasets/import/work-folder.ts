import { type FileHandle, mkdir, open, readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { dataFolder } from "@/server/lib/env";

/**
 * Where an import keeps what it has read until all of it goes into the database at once, and the journal of
 * what it put into the object store. A killed process leaves it behind; `clearAbandoned` finds it.
 */
export type WorkFolder = {
  readonly rows: string;
  readonly quarantined: string;
  readonly films: string;
  readonly rejections: string;
  /** SHA-256s of objects, one a line, each written before its object. */
  readonly objects: string;
};

const name = /^import-(\d+)$/;

function workFolder(importId: number): WorkFolder {
  const at = (file: string) => path.join(folderOf(importId), file);
  return {
    rows: at("rows.copy"),
    quarantined: at("quarantined.copy"),
    films: at("films.copy"),
    rejections: at("rejections.copy"),
    objects: at("objects.txt"),
  };
}

export async function makeWorkFolder(importId: number): Promise<WorkFolder> {
  await mkdir(folderOf(importId), { recursive: true });
  return workFolder(importId);
}

export async function removeWorkFolder(importId: number): Promise<void> {
  await rm(folderOf(importId), { recursive: true, force: true });
}

/** Imports that have a work folder on this machine. */
export async function importsWithWorkFolder(): Promise<readonly number[]> {
  const entries = await readdir(path.join(dataFolder(), "tmp")).catch(() => []);
  return entries.flatMap((entry) => {
    const number = name.exec(entry)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}

/** Objects that an import put, or was about to put, into the store. */
export async function journaledObjects(importId: number): Promise<readonly string[]> {
  const text = await readFile(/* turbopackIgnore: true */ workFolder(importId).objects, "utf8").catch(
    () => "",
  );
  return [...new Set(text.split("\n").filter((line) => /^[0-9a-f]{64}$/.test(line)))];
}

function folderOf(importId: number): string {
  return path.join(dataFolder(), "tmp", `import-${importId}`);
}

export type LineFile = {
  /** Adds lines. Wait for what it returns, and the disk sets the pace. */
  add(lines: string): Promise<void> | undefined;
  /** Writes out what is still held. */
  flush(): Promise<void>;
  close(): Promise<void>;
};

const held = 1 << 18;

/** A file that is written line by line in large pieces. */
export async function lineFile(file: string, mode: "w" | "a" = "w"): Promise<LineFile> {
  const handle: FileHandle = await open(file, mode);
  let chunk = "";
  let writing = Promise.resolve();
  const flush = () => {
    const full = chunk;
    chunk = "";
    if (full !== "") writing = writing.then(() => handle.appendFile(full));
    return writing;
  };
  return {
    add(lines) {
      chunk += lines;
      return chunk.length < held ? undefined : flush();
    },
    flush,
    async close() {
      await flush().finally(() => handle.close());
    },
  };
}
