import { readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";

/** A file that keras_files.py had Keras write. */
export function kerasFile(name: string): Uint8Array {
  const all: Record<string, string> = JSON.parse(
    readFileSync(path.join(import.meta.dirname, "keras_files.json"), "utf8"),
  );
  const base64 = all[name];
  if (base64 === undefined) throw new Error(`keras_files.json has no ${name}`);
  return new Uint8Array(gunzipSync(Buffer.from(base64, "base64")));
}
