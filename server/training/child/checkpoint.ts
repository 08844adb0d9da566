import { ExpectedFailure } from "@/server/lib/errors";
import { decodeCheckpoint, encodeCheckpoint, type TrainingState } from "@/server/ml/checkpoint";
import type { EpochHooks } from "@/server/ml/training/epochs";
import { objectStore } from "@/server/storage/open";
import type { TaskEvent, TrainTask } from "./protocol";

/**
 * The hooks by which a training goes on from its checkpoint, stores one after each epoch and says how far it
 * is.
 */
export async function courseOf(
  task: TrainTask,
  { emit, signal }: { emit(event: TaskEvent): void; signal: AbortSignal },
): Promise<EpochHooks> {
  const { epochs } = task.configuration.training;
  const resume =
    task.checkpointSha256 === null ? undefined : await readCheckpoint(task.checkpointSha256, emit);
  emit({ on: "progress", phase: "training", done: resume?.epoch ?? 0, total: epochs });
  return {
    resume,
    signal,
    async onEpoch(epoch, state) {
      const bytes = encodeCheckpoint(state);
      const checkpoint = { sha256: await objectStore().put(bytes), bytes: bytes.length };
      emit({ on: "epoch", epoch, checkpoint });
      emit({ on: "progress", phase: "training", done: epoch.epoch, total: epochs });
    },
  };
}

/** A checkpoint that is gone or damaged costs the epochs before it, not the run: they come out the same again. */
async function readCheckpoint(
  sha256: string,
  emit: (event: TaskEvent) => void,
): Promise<TrainingState | undefined> {
  try {
    return decodeCheckpoint(await objectStore().get(sha256));
  } catch (error) {
    if (!(error instanceof ExpectedFailure)) throw error;
    emit({ on: "log", level: "warn", line: `${error.message} Training begins anew.` });
    return undefined;
  }
}
