import { readFileSync } from "node:fs";
import path from "node:path";

/** A file that torch_files.py had PyTorch write. */
export function torchFile(name: string): Uint8Array {
  const all: Record<string, string> = JSON.parse(
    readFileSync(path.join(import.meta.dirname, "torch_files.json"), "utf8"),
  );
  const base64 = all[name];
  if (base64 === undefined) throw new Error(`torch_files.json has no ${name}`);
  return new Uint8Array(Buffer.from(base64, "base64"));
}
