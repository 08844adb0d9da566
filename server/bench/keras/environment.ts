import { execFile } from "node:child_process";
import { access, mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { engineCache } from "@/server/engine/cache";

const run = promisify(execFile);

/** TensorFlow as the native engine has it, so that both sides run the same kernels. */
const tensorflow = "tensorflow-cpu==2.21.0";

/**
 * A Python with Keras, in a virtual environment in the user's cache: for this benchmark alone.
 * @throws Error when there is no Python or no package index
 */
export async function kerasPython(): Promise<string> {
  const folder = path.join(path.dirname(engineCache()), "bench", "keras");
  const python = path.join(folder, "bin", "python");
  const ready = await access(path.join(folder, "bin", "saved_model_cli")).then(
    () => true,
    () => false,
  );
  if (ready) return python;
  await rm(folder, { recursive: true, force: true });
  await mkdir(path.dirname(folder), { recursive: true });
  await run("python3", ["-m", "venv", folder]);
  await run(python, ["-m", "pip", "install", "--quiet", tensorflow], { maxBuffer: 2 ** 24 });
  return python;
}
