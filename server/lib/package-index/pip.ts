import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, mkdtemp, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import type { WheelRequest } from "./download-wheel";

const run = promisify(execFile);

/** Lets pip fetch a wheel, which checks it itself. @throws Error when there is no pip, or it cannot either */
export async function downloadByPip(
  { project, version, accepts, pipFlags = [] }: WheelRequest,
  target: string,
  signal: AbortSignal,
): Promise<string> {
  const folder = await mkdtemp(path.join(path.dirname(target), "pip-"));
  try {
    const wanted = ["--no-deps", "--only-binary=:all:", ...pipFlags, `${project}==${version}`];
    const parameters = ["-m", "pip", "download", "--quiet", "--dest", folder, ...wanted];
    await run("python3", parameters, { signal }).catch(
      (error: Error & { stderr?: string; code?: unknown }) => {
        if (error.code === "ENOENT") throw new Error("there is none", { cause: error });
        throw new Error(lastLine(error.stderr) ?? error.message, { cause: error });
      },
    );
    const file = (await readdir(folder)).find((name) => name.endsWith(".whl") && accepts(name));
    if (!file) throw new Error("it brought no wheel for this machine");
    await copyFile(path.join(folder, file), target);
    const hash = createHash("sha256");
    await pipeline(createReadStream(target), hash);
    return hash.digest("hex");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function lastLine(text: string | undefined): string | undefined {
  return text?.trim().split("\n").at(-1);
}
