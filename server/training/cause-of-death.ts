import { readFileSync } from "node:fs";

/** The child died in the middle of a task: killed, out of memory, or by a fault of ours. */
export class ChildDied extends Error {
  override name = "ChildDied";
  constructor(
    message: string,
    /** It would die again: nothing is won by another try. */
    readonly outOfMemory = false,
  ) {
    super(message);
  }
}

/** How a child ended, in words for the run's page. */
export function causeOfDeath({
  code,
  signal,
  stderr,
  kernelKilled,
}: {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
  readonly kernelKilled: boolean;
}): ChildDied {
  if (outOfMemory.test(stderr) || (signal === "SIGKILL" && kernelKilled)) {
    return new ChildDied("The training process ran out of memory.", true);
  }
  if (signal === "SIGKILL") {
    return new ChildDied("The training process was killed, perhaps because the machine ran out of memory.");
  }
  if (signal) return new ChildDied(`The training process was ended by ${signal}.`);
  const line = stderr
    .split("\n")
    .find((text) => /error/i.test(text))
    ?.trim();
  return new ChildDied(
    `The training process ended unexpectedly (exit code ${code})${line ? `: ${line}` : "."}`,
  );
}

/** As V8, Node, the C++ library, TensorFlow and Emscripten say it. */
const outOfMemory =
  /heap out of memory|JavaScript heap|allocation failed|std::bad_alloc|Cannot allocate memory|ENOMEM|OOM when allocating|ResourceExhausted|RESOURCE_EXHAUSTED|Cannot enlarge memory|Aborted\(OOM\)|Failed to allocate memory/i;

/** How many processes Linux has killed for want of memory since it started; 0 where it does not say. */
export function kernelKills(): number {
  try {
    return Number(/^oom_kill (\d+)$/m.exec(readFileSync("/proc/vmstat", "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
