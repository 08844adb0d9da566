import { readFileSync } from "node:fs";

/** The child died in the middle of a task: killed, out of memory, or by a fault of ours. */
export class ChildDied extends Error {
  override name = "ChildDied";
  constructor(
    message: string,
    /** "out": it would die again, nothing is won by another try. */
    readonly memory: "out" | "perhaps" | "enough" = "enough",
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
    return new ChildDied("The training process ran out of memory.", "out");
  }
  if (signal === "SIGKILL") {
    return new ChildDied(
      "The training process was killed, perhaps because the machine ran out of memory.",
      "perhaps",
    );
  }
  if (signal) return new ChildDied(`The training process was ended by ${signal}.`);
  const lines = stderr.split("\n").filter((text) => !remark.test(text));
  // A thrown error begins its line; where none did, any line that speaks of one.
  const line = (
    lines.find((text) => /^\w*Error\b/.test(text)) ?? lines.find((text) => /error/i.test(text))
  )?.trim();
  return new ChildDied(
    `The training process ended unexpectedly (exit code ${code})${line ? `: ${line}` : "."}`,
  );
}

/** TensorFlow's log of less than errors: "I0000 00:00:1795729551.51 31101 port.cc:153] … round-off errors …". */
const remark = /^[IW]\d{4} |^\d{4}-\d\d-\d\d [\d:.]+: [IW] /;

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
