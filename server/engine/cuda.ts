import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

/** Whether NVIDIA's driver sees a GPU on this machine. */
export async function hasGpu(): Promise<boolean> {
  const listed = await promisify(execFile)("nvidia-smi", ["-L"], { timeout: 10_000 }).catch(() => null);
  return listed !== null && /^GPU \d+:/m.test(listed.stdout);
}

/** A wheel of NVIDIA's, in the lowest version that TensorFlow accepts: the one that it was built with. */
export type CudaWheel = { readonly project: string; readonly version: string };

/**
 * The CUDA libraries that an unpacked TensorFlow names in its extra `and-cuda`, as
 * `Requires-Dist: nvidia-cublas-cu12<13.0,>=12.5.3.2; extra == "and-cuda"`.
 */
export async function cudaWheels(folder: string, metadata: string): Promise<CudaWheel[]> {
  const text = await readFile(path.join(folder, metadata), "utf8");
  return [
    ...text.matchAll(/^Requires-Dist: (nvidia-[\w-]+?)[<>=,. \d]*>=([\d.]+)[^;]*; extra == "and-cuda"/gm),
  ].map(([, project = "", version = ""]) => ({ project, version }));
}

/** Libraries alone; TensorFlow looks for them in `$ORIGIN/../nvidia/<name>/lib`. */
export function isCudaLibrary(entry: string): boolean {
  return /^nvidia\/[^/]+\/lib\/[^/]+$/.test(entry);
}
