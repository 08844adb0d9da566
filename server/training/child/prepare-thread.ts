import { parentPort } from "node:worker_threads";
import { ExpectedFailure } from "@/server/lib/errors";
import { leaveOnly } from "@/server/ml/preprocess";
import { loadFilm } from "./films";
import type { PrepareAnswer, PrepareRequest } from "./prepared-views";
import { viewOf } from "./turn";

// Decodes, resizes and turns films while the engine, in the main thread, runs the base on those before.
parentPort?.on("message", async (request: PrepareRequest) => {
  const { answer, inputs } = await answerTo(request);
  parentPort?.postMessage(
    answer,
    inputs.map(({ buffer }) => buffer),
  );
});

type Prepared = {
  readonly answer: PrepareAnswer;
  readonly inputs: readonly Float32Array<ArrayBuffer>[];
};

async function answerTo({ id, film, preprocess, look, ...shape }: PrepareRequest): Promise<Prepared> {
  try {
    const whole = await loadFilm(film.sha256, preprocess, shape.size);
    const plain = leaveOnly(whole, look, preprocess, shape.size);
    // Copies: each one's memory moves to the other thread.
    const inputs = film.views.map((view) =>
      Float32Array.from(viewOf(plain, view, { ...shape, sha256: film.sha256 })),
    );
    return { answer: { id, inputs }, inputs };
  } catch (error) {
    if (!(error instanceof ExpectedFailure)) throw error;
    return { answer: { id, refused: error.message }, inputs: [] };
  }
}
