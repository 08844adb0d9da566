import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import path from "node:path";
import { ExpectedFailure } from "@/server/lib/errors";
import type { DecodedFilm } from "../decode-film";
import type { ReadDicom } from "../dicom/read-dicom";
import { type DecodeAnswer, type Decoded, memoryExitCode } from "./messages";

export type DecoderPool = {
  /**
   * Decodes one film in another process.
   * @throws ExpectedFailure("invalid") with the reason why the file is no film (see `decodeFilm`), which may be
   * that decoding it took too long, too much memory, or ended the process
   */
  decode(bytes: Uint8Array): Promise<DecodedFilm>;
  /** The same for a DICOM file (see `readDicom`). */
  readDicom(bytes: Uint8Array): Promise<ReadDicom>;
  /** Ends the processes; what is still being decoded fails. */
  close(): void;
};

type Job = {
  readonly id: number;
  readonly kind: Decoded["kind"];
  readonly bytes: Uint8Array;
  resolve(decoded: Decoded): void;
  reject(error: unknown): void;
};
type Decoder = { readonly process: ChildProcess; readonly jobs: Job[]; timer: NodeJS.Timeout | undefined };

/** One film is worked on and one lies ready, so that no decoder waits for its next. */
const jobsEach = 2;
const patienceMs = 30_000;
const root = path.resolve(import.meta.dirname, "../../..");
const program = path.join(import.meta.dirname, "child.ts");

/** Decoding processes, started when the first film comes: one per processor. */
export function decoderPool(
  options: { readonly processes?: number; readonly patienceMs?: number; readonly program?: string } = {},
): DecoderPool {
  const most = options.processes ?? availableParallelism();
  const patience = options.patienceMs ?? patienceMs;
  const waiting: Job[] = [];
  const decoders = new Set<Decoder>();
  let closed = false;
  let lastId = 0;

  return {
    async decode(bytes) {
      const decoded = await handled("film", bytes);
      if (decoded.kind !== "film") throw new Error("a decoder answered with something else");
      return decoded.film;
    },
    async readDicom(bytes) {
      const decoded = await handled("dicom", bytes);
      if (decoded.kind !== "dicom") throw new Error("a decoder answered with something else");
      return decoded.dicom;
    },
    close() {
      closed = true;
      for (const decoder of decoders) decoder.process.kill("SIGKILL");
      for (const job of waiting.splice(0)) job.reject(new Error("the decoders were closed"));
    },
  };

  function handled(kind: Decoded["kind"], bytes: Uint8Array): Promise<Decoded> {
    if (closed) return Promise.reject(new Error("the decoders were closed"));
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      waiting.push({ id, kind, bytes, resolve, reject });
      hand();
    });
  }

  function hand(): void {
    while (waiting.length > 0) {
      const free = freeDecoder();
      const job = free && waiting.shift();
      if (!free || !job) return;
      free.jobs.push(job);
      if (free.jobs.length === 1) watch(free);
      free.process.send({ id: job.id, kind: job.kind, bytes: job.bytes });
    }
  }

  function freeDecoder(): Decoder | undefined {
    const [idlest] = [...decoders].sort((a, b) => a.jobs.length - b.jobs.length);
    if (idlest && idlest.jobs.length === 0) return idlest;
    if (decoders.size < most) return start();
    return idlest && idlest.jobs.length < jobsEach ? idlest : undefined;
  }

  function start(): Decoder {
    const child = fork(options.program ?? program, {
      cwd: root,
      execArgv: ["--import", "tsx"],
      // Nothing of this process's environment: hostile bytes are decoded there.
      env: { NODE_ENV: "production" },
      serialization: "advanced",
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const decoder: Decoder = { process: child, jobs: [], timer: undefined };
    decoders.add(decoder);
    child.on("message", (answer: DecodeAnswer) => settle(decoder, answer));
    child.once("error", () => child.kill("SIGKILL"));
    child.once("exit", (code, signal) => bury(decoder, code, signal));
    return decoder;
  }

  function settle(decoder: Decoder, answer: DecodeAnswer): void {
    const job = decoder.jobs.shift();
    if ("refused" in answer && answer.spent) retire(decoder);
    else watch(decoder);
    if (!job || job.id !== answer.id) throw new Error("a decoder answered out of turn");
    if ("decoded" in answer) job.resolve(answer.decoded);
    else if ("refused" in answer) job.reject(new ExpectedFailure("invalid", answer.refused));
    else job.reject(new Error(`decoder: ${answer.broken}`));
    hand();
  }

  /** What lay ready for it goes to another. */
  function retire(decoder: Decoder): void {
    clearTimeout(decoder.timer);
    decoders.delete(decoder);
    decoder.process.removeAllListeners("message");
    decoder.process.kill("SIGKILL");
    waiting.unshift(...decoder.jobs.splice(0));
  }

  /** The film that it was at is refused; the one behind it goes to another decoder. */
  function bury(decoder: Decoder, code: number | null, signal: NodeJS.Signals | null): void {
    clearTimeout(decoder.timer);
    decoders.delete(decoder);
    const [culprit, ...innocent] = decoder.jobs.splice(0);
    if (closed) {
      for (const job of culprit ? [culprit, ...innocent] : innocent) {
        job.reject(new Error("the decoders were closed"));
      }
      return;
    }
    culprit?.reject(new ExpectedFailure("invalid", reasonOf(code, signal)));
    waiting.unshift(...innocent);
    hand();
  }

  /** Counts the time of the film that is first in line. */
  function watch(decoder: Decoder): void {
    clearTimeout(decoder.timer);
    decoder.timer =
      decoder.jobs.length === 0 ? undefined : setTimeout(() => decoder.process.kill("SIGKILL"), patience);
  }

  function reasonOf(code: number | null, signal: NodeJS.Signals | null): string {
    if (code === memoryExitCode) return "decoding it takes too much memory";
    if (signal === "SIGKILL") return `decoding it takes longer than ${patience / 1000} s`;
    return "decoding it ended the decoder";
  }
}
