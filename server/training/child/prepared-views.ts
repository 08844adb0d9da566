import { Worker } from "node:worker_threads";
import { ExpectedFailure } from "@/server/lib/errors";
import type { Look } from "@/server/ml/preprocess";
import type { PreprocessName } from "@/server/ml/preprocess-names";
import type { ExtractTask } from "./protocol";

type Film = ExtractTask["films"][number];

/** How a network's input is made of a film. */
type Making = {
  readonly preprocess: PreprocessName;
  readonly size: number;
  readonly channels: number;
  readonly rotation: number;
  readonly look: Look;
};

export type PrepareRequest = Making & { readonly id: number; readonly film: Film };
export type PrepareAnswer =
  | { readonly id: number; readonly inputs: readonly Float32Array[] }
  | { readonly id: number; readonly refused: string };

/** Views that are made ahead of the engine: two batches, so that neither waits for the other. */
const viewsAhead = 16;

/**
 * The inputs [size, size, channels] of the films' views in their order, made in a thread of their own while the
 * caller computes.
 * @throws ExpectedFailure for a film that cannot be used
 */
export async function* preparedViews(films: readonly Film[], making: Making): AsyncGenerator<Float32Array> {
  const asked: { readonly film: Film; readonly inputs: Promise<readonly Float32Array[]> }[] = [];
  const left = films.values();
  let ahead = 0;
  const askAhead = () => {
    while (ahead < viewsAhead || asked.length === 0) {
      const { value: film, done } = left.next();
      if (done) return;
      const inputs = prepare(film, making);
      // Awaited in turn; one that fails before must not end the process.
      inputs.catch(() => {});
      asked.push({ film, inputs });
      ahead += film.views.length;
    }
  };
  for (;;) {
    askAhead();
    const next = asked.shift();
    if (!next) return;
    yield* await next.inputs;
    ahead -= next.film.views.length;
  }
}

type Waiting = PromiseWithResolvers<readonly Float32Array[]>;

let thread: { readonly worker: Worker; readonly waiting: Map<number, Waiting> } | undefined;
let requests = 0;

function prepare(film: Film, making: Making): Promise<readonly Float32Array[]> {
  const { worker, waiting } = openThread();
  const id = ++requests;
  const answer: Waiting = Promise.withResolvers();
  waiting.set(id, answer);
  worker.postMessage({ id, film, ...making } satisfies PrepareRequest);
  return answer.promise;
}

function openThread(): NonNullable<typeof thread> {
  if (thread) return thread;
  const waiting = new Map<number, Waiting>();
  const worker = new Worker(new URL("./prepare-thread.ts", import.meta.url));
  worker.on("message", (answer: PrepareAnswer) => {
    const asker = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ("inputs" in answer) asker?.resolve(answer.inputs);
    else asker?.reject(new ExpectedFailure("invalid", answer.refused));
  });
  worker.once("error", (error) => {
    thread = undefined;
    for (const asker of waiting.values()) asker.reject(error);
  });
  worker.unref();
  thread = { worker, waiting };
  return thread;
}
