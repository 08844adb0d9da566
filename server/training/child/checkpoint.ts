import { ExpectedFailure } from "@/server/lib/errors";
import { decodeCheckpoint, encodeCheckpoint, type TrainingState } from "@/server/ml/checkpoint";
import type { EpochHooks } from "@/server/ml/training/epochs";
import { objectStore } from "@/server/storage/open";
import type { TaskEvent, TrainTask } from "./protocol";

type Context = { emit(event: TaskEvent): void; signal: AbortSignal };

/** A stretch of a run's epochs: those of the head (or of a network from scratch), or those of the fine-tuning. */
export type Stretch = {
  readonly phase: "training" | "fine-tuning";
  /** Epochs of the stretch before. */
  readonly before: number;
  readonly epochs: number;
  /** What an epoch counts for in the progress: 1, or its images where they take long. */
  readonly perEpoch: number;
};

/**
 * The hooks by which a training goes on from its checkpoint, stores one after each epoch and says how far it
 * is.
 */
export function courseOf(
  { phase, before, epochs, perEpoch }: Stretch,
  resume: TrainingState | undefined,
  { emit, signal }: Context,
): EpochHooks {
  const report = (done: number) =>
    emit({ on: "progress", phase, done: done * perEpoch, total: epochs * perEpoch });
  report(resume?.epoch ?? 0);
  return {
    before,
    resume,
    signal,
    async onEpoch(event, state) {
      const bytes = encodeCheckpoint(state);
      const checkpoint = { sha256: await objectStore().put(bytes), bytes: bytes.length };
      emit({ on: "epoch", epoch: { ...event, fineTuned: phase === "fine-tuning" }, checkpoint });
      report(event.epoch - before);
    },
  };
}

/** A checkpoint that is gone or damaged costs the epochs before it, not the run: they come out the same again. */
export async function readCheckpoint(
  { checkpointSha256 }: TrainTask,
  { emit }: Context,
): Promise<TrainingState | undefined> {
  if (checkpointSha256 === null) return undefined;
  try {
    return decodeCheckpoint(await objectStore().get(checkpointSha256));
  } catch (error) {
    if (!(error instanceof ExpectedFailure)) throw error;
    emit({ on: "log", level: "warn", line: `${error.message} Training begins anew.` });
    return undefined;
  }
}
