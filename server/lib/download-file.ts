import { ExpectedFailure, messageOf } from "./errors";

export type FileRequest = {
  readonly url: string;
  /** How long it is, where that is known. */
  readonly bytes?: number;
  /** More are not taken: the file is kept in memory. */
  readonly mostBytes?: number;
  readonly signal?: AbortSignal;
  onProgress?(done: number, total: number | null): void;
};

/** A connection that says nothing for so long is given up. */
const patience = 60_000;

/**
 * Downloads a file from the web into memory.
 * @throws ExpectedFailure "unavailable" when there is no way to it or it broke off, "invalid" when it is too long
 */
export async function downloadFile(request: FileRequest): Promise<Uint8Array<ArrayBuffer>> {
  const { url, bytes, mostBytes = 512 * 1024 * 1024, signal, onProgress } = request;
  const silence = new AbortController();
  let watch = setTimeout(() => silence.abort(new Error("it fell silent")), patience);
  const chunks: Uint8Array[] = [];
  try {
    const response = await fetch(url, {
      signal: AbortSignal.any([silence.signal, ...(signal ? [signal] : [])]),
    });
    if (!response.ok || !response.body) throw new Error(`it answered ${response.status}`);
    const promised = Number(response.headers.get("content-length"));
    const total = promised > 0 ? promised : (bytes ?? null);
    let done = 0;
    for await (const chunk of response.body) {
      clearTimeout(watch);
      watch = setTimeout(() => silence.abort(new Error("it fell silent")), patience);
      chunks.push(chunk);
      done += chunk.length;
      if (done > mostBytes) throw new ExpectedFailure("invalid", `${url} is longer than a file may be here.`);
      onProgress?.(done, total);
    }
  } catch (cause) {
    if (cause instanceof ExpectedFailure || signal?.aborted) throw cause;
    const why = cause instanceof Error && cause.cause ? messageOf(cause.cause) : messageOf(cause);
    throw new ExpectedFailure("unavailable", `${new URL(url).host} cannot be reached: ${why}.`, undefined, {
      cause,
    });
  } finally {
    clearTimeout(watch);
  }
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
