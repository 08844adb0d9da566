import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { refuseWeights } from "./refuse";
import { isSafetensors, readSafetensors } from "./safetensors";
import type { StoredWeights } from "./stored";
import { isTorchLegacy, readTorchLegacy } from "./torch/legacy";
import { readTorchZip } from "./torch/zip";

/**
 * What a weights file holds; its format is told by its first bytes, not by its name.
 * @throws ExpectedFailure "invalid" for another kind of file, or one that is damaged
 */
export async function readWeightsFile(bytes: Uint8Array): Promise<StoredWeights> {
  if (isTorchLegacy(bytes)) return readTorchLegacy(bytes);
  if (startsWith(bytes, "\x89HDF\r\n\x1a\n")) return readHdf5(bytes);
  if (startsWith(bytes, "PK\x03\x04")) return readTorchZip(bytes);
  if (isSafetensors(bytes)) return readSafetensors(bytes);
  throw refuseWeights(
    "is of no known format: neither Keras' HDF5, nor a PyTorch checkpoint, nor safetensors",
  );
}

/** The reader of HDF5 wants a file. */
async function readHdf5(bytes: Uint8Array): Promise<StoredWeights> {
  // Loaded here alone: it costs seconds and hundreds of megabytes, which no other format should pay.
  const { readKerasH5 } = await import("./keras/read-h5");
  const folder = await mkdtemp(path.join(tmpdir(), "overread-weights-"));
  try {
    const file = path.join(folder, "weights.h5");
    await writeFile(file, bytes);
    return await readKerasH5(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(text, "latin1").every((byte, at) => bytes[at] === byte);
}
