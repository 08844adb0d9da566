import { mkdir, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { addonFile } from "./cache";

/** The folder of `@tensorflow/tfjs-node-gpu`. */
export function enginePackage(): string {
  return path.dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-node-gpu/package.json"));
}

/** Puts a link to the folder's addon where the package looks for it. Node follows it before it loads. */
export async function linkAddon(folder: string): Promise<void> {
  const place = addonPlace();
  await mkdir(path.dirname(place), { recursive: true });
  const fresh = `${place}.${process.pid}`;
  await rm(fresh, { force: true });
  await symlink(path.join(folder, addonFile), fresh);
  await rename(fresh, place);
}

/** Takes the addon away from the package; what is in the cache stays. */
export async function unlinkAddon(): Promise<void> {
  await rm(addonPlace(), { force: true });
}

/** As the package's `binary.module_path` says, for N-API 8. */
function addonPlace(): string {
  return path.join(enginePackage(), "lib", "napi-v8", addonFile);
}
