import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { childEnvironment } from "@/server/lib/env";
import { ChildDied, causeOfDeath, kernelKills } from "./cause-of-death";
import type { FromChild, FromWorker, Task, TaskEvent, TaskResults } from "./child/protocol";

export { ChildDied };

/** The child ended a task with a reason that people are told as it stands. */
export class TaskFailed extends Error {
  override name = "TaskFailed";
}

/** A process with the engine in it, working on one task at a time. */
export type TrainingChild = {
  readonly pid: number | undefined;
  /**
   * Hands over a task and waits for its result; events come in order.
   * @throws TaskFailed, ChildDied
   */
  ask<Name extends Task["do"]>(
    task: Extract<Task, { do: Name }>,
    onEvent?: (event: TaskEvent) => void,
  ): Promise<TaskResults[Name]>;
  /** Lets the task end between two batches; after the grace it is killed. Resolves when the process is gone. */
  stop(graceMs?: number): Promise<void>;
};

const program = path.resolve(import.meta.dirname, "child", "main.ts");
const root = path.resolve(import.meta.dirname, "../..");

/**
 * Starts a child with TypeScript loaded the way this process has it. It ends when this process ends: its
 * channel closes then.
 */
export function startChild(): TrainingChild {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const child = fork(program, {
    execArgv: ["--import", tsx],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    env: childEnvironment({
      TSX_TSCONFIG_PATH: path.join(root, "tsconfig.json"),
      // libtensorflow says at load what it was built for; only errors are of use here.
      TF_CPP_MIN_LOG_LEVEL: "2",
    }),
  });
  const lastWords = tail(child);
  const killsBefore = kernelKills();
  const gone = new Promise<ChildDied>((resolve) => {
    child.once("error", (error) => resolve(new ChildDied(error.message)));
    child.once("close", (code, signal) => {
      const stderr = lastWords();
      resolve(causeOfDeath({ code, signal, stderr, kernelKilled: kernelKills() > killsBefore }));
    });
  });
  return {
    pid: child.pid,
    ask: (task, onEvent) => ask(child, gone, task, onEvent),
    async stop(graceMs = 5_000) {
      if (child.connected) child.send({ kind: "stop" } satisfies FromWorker);
      const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
      await gone;
      clearTimeout(timer);
    },
  };
}

function ask<Name extends Task["do"]>(
  child: ChildProcess,
  gone: Promise<ChildDied>,
  task: Extract<Task, { do: Name }>,
  onEvent?: (event: TaskEvent) => void,
): Promise<TaskResults[Name]> {
  return new Promise((resolve, reject) => {
    const finish = (end: () => void) => {
      child.off("message", hear);
      end();
    };
    const hear = (message: FromChild) => {
      if (message.kind === "event") onEvent?.(message.event);
      else if (message.kind === "failure") finish(() => reject(new TaskFailed(message.message)));
      else finish(() => resolve(message.result as TaskResults[Name]));
    };
    child.on("message", hear);
    gone.then((cause) => finish(() => reject(cause)));
    if (child.connected) child.send({ kind: "task", task } satisfies FromWorker, () => {});
  });
}

/** Keeps the end of what the child wrote to standard error, where a crash explains itself. */
function tail(child: ChildProcess): () => string {
  let text = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    text = (text + chunk).slice(-8_192);
  });
  return () => text;
}
