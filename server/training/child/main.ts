import { ExpectedFailure, messageOf } from "@/server/lib/errors";
import { measuredSpeed } from "@/server/ml/engine/speed";
import { measureBorders } from "./borders";
import { engineOnce } from "./engine";
import { explainFilms } from "./explain";
import { extractFeatures } from "./extract";
import { loadFeatures, trainLoadedHead } from "./heads";
import type { FromChild, FromWorker, Task, TaskEvent, TaskResults } from "./protocol";
import { storeFault } from "./store-fault";
import { train } from "./train";

/**
 * The process that holds the engine. It takes tasks from the worker that started it, one at a time, and dies
 * with it.
 */
const stopping = new AbortController();
process.on("disconnect", () => process.exit(0));
// Ctrl-C at a terminal reaches the whole group; the worker decides what ends when.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {});
process.on("message", (message: FromWorker) => {
  if (message.kind === "task") void answer(message.task);
  else {
    stopping.abort(new ExpectedFailure("conflict", "Stopped."));
    if (!busy) process.exit(0);
  }
});

let busy = false;

async function answer(task: Task): Promise<void> {
  busy = true;
  try {
    await say({ kind: "result", result: await work(task) });
  } catch (error) {
    const told = error instanceof ExpectedFailure ? error.message : storeFault(error);
    // Anything unexpected is a crash like any other: the worker sees the process end and tries again.
    if (told === null) {
      process.stderr.write(`${error instanceof Error ? error.stack : messageOf(error)}\n`, () =>
        process.exit(1),
      );
      return;
    }
    await say({ kind: "failure", message: told });
  } finally {
    busy = false;
  }
  if (stopping.signal.aborted) process.exit(0);
}

async function work(task: Task): Promise<TaskResults[Task["do"]]> {
  const { signal } = stopping;
  const emit = (event: TaskEvent) => void say({ kind: "event", event });
  switch (task.do) {
    case "engine":
      return engineOnce(task.want);
    case "speed":
      return measuredSpeed();
    case "extract":
      return extractFeatures(task, { emit, signal });
    case "borders":
      return measureBorders(task, { emit, signal });
    case "train":
      return train(task, { emit, signal });
    case "load":
      return loadFeatures(task);
    case "head":
      return trainLoadedHead(task, signal);
    case "explain":
      return explainFilms(task, { emit, signal });
  }
}

function say(message: FromChild): Promise<void> {
  return new Promise((resolve) => {
    if (!process.send || !process.connected) resolve();
    else process.send(message, () => resolve());
  });
}
