import { createHash, randomUUID } from "node:crypto";
import { access, mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { ExpectedFailure } from "@/server/lib/errors";
import type { ObjectStore } from "./object-store";

/** Objects as files `ab/cdef…` below a folder. A file appears whole: written beside and renamed. */
export function folderStore(folder: string): ObjectStore {
  const fileOf = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new ExpectedFailure("not-found", "No such object.");
    return path.join(folder, sha256.slice(0, 2), sha256.slice(2));
  };
  const has = (sha256: string) =>
    access(fileOf(sha256)).then(
      () => true,
      () => false,
    );
  const store: ObjectStore = {
    kind: "folder",
    has,
    async put(bytes) {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      if (await has(sha256)) return sha256;
      const file = fileOf(sha256);
      const unfinished = `${file}.${randomUUID()}`;
      await mkdir(path.dirname(file), { recursive: true });
      try {
        await writeFile(unfinished, bytes, { flag: "wx" });
        await rename(unfinished, file);
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
      return sha256;
    },
    async get(sha256) {
      return readFile(fileOf(sha256)).catch(missing);
    },
    async stream(sha256) {
      const file = fileOf(sha256);
      // Opened first: what is removed in the meantime is still read whole.
      const handle = await open(file).catch(missing);
      const { size } = await handle.stat();
      return { body: handle.createReadStream(), size };
    },
    async remove(sha256) {
      const file = fileOf(sha256);
      const unfinished = `${path.basename(file)}.`;
      const beside = await readdir(path.dirname(file)).catch(() => []);
      // What a process that was killed in the middle of a put left, too.
      const left = beside.filter((name) => name.startsWith(unfinished));
      for (const name of left) await rm(path.join(path.dirname(file), name), { force: true });
      await rm(file, { force: true });
    },
    async check() {
      const sha256 = await store.put(Buffer.from(`check ${randomUUID()}`));
      await store.get(sha256);
      await store.remove(sha256);
    },
  };
  return store;
}

function missing(error: NodeJS.ErrnoException): never {
  if (error.code === "ENOENT")
    throw new ExpectedFailure("not-found", "No such object.", undefined, { cause: error });
  throw error;
}
