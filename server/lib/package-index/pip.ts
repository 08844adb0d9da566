import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, glob, mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { setInterval as every } from "node:timers/promises";
import { promisify } from "node:util";
import { childEnvironment } from "../env";
import type { WheelRequest } from "./download-wheel";

const run = promisify(execFile);

/** Milliseconds between two looks at how much of a wheel pip has. */
const pace = 300;

/** Lets pip fetch a wheel, which checks it itself. @throws Error when there is no pip, or it cannot either */
export async function downloadByPip(
  { project, version, accepts, pipFlags = [], onProgress }: WheelRequest,
  target: string,
  signal: AbortSignal,
): Promise<string> {
  const folder = await mkdtemp(path.join(path.dirname(target), "pip-"));
  try {
    const wanted = ["--no-deps", "--only-binary=:all:", ...pipFlags, `${project}==${version}`];
    const parameters = ["-m", "pip", "download", "--quiet", "--dest", folder, ...wanted];
    const unfinished = path.join(folder, "unfinished");
    await mkdir(unfinished);
    const over = new AbortController();
    if (onProgress) void watch(unfinished, onProgress, over.signal);
    // It writes what has come to a temporary folder; of that it says nothing to who is no terminal.
    const env = childEnvironment({ TMPDIR: unfinished });
    await run("python3", parameters, { signal, env })
      .catch((error: Error & { stderr?: string; code?: unknown }) => {
        if (error.code === "ENOENT") throw new Error("there is none", { cause: error });
        throw new Error(lastLine(error.stderr) ?? error.message, { cause: error });
      })
      .finally(() => over.abort());
    const file = (await readdir(folder)).find((name) => name.endsWith(".whl") && accepts(name));
    if (!file) throw new Error("it brought no wheel for this machine");
    await copyFile(path.join(folder, file), target);
    const { size } = await stat(target);
    onProgress?.(size, size);
    const hash = createHash("sha256");
    await pipeline(createReadStream(target), hash);
    return hash.digest("hex");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Tells how long the wheel is that grows in a folder, until it is over. */
async function watch(
  folder: string,
  onProgress: NonNullable<WheelRequest["onProgress"]>,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const _ of every(pace, undefined, { signal })) {
      for await (const file of glob("**/*.whl", { cwd: folder })) {
        onProgress((await stat(path.join(folder, file))).size, null);
      }
    }
  } catch {
    // It is over, or the file has gone where it belongs meanwhile: only the telling ends.
  }
}

function lastLine(text: string | undefined): string | undefined {
  return text?.trim().split("\n").at(-1);
}
