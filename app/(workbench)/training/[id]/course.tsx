import { Card } from "@/app/_components/card";
import { Progress } from "@/app/_components/progress";
import type { RunProgress, RunState } from "@/server/training/schema";
import { duration } from "../duration";

const phases: Record<RunProgress["phase"], string> = {
  gpu: "Waiting for a worker with a GPU",
  starting: "Starting the engine",
  features: "Extracting features",
  films: "Reading films",
  training: "Training, epochs",
  "fine-tuning": "Fine-tuning the base, films",
  evaluation: "Evaluating",
  saliency: "Explaining errors",
};

/** How far a run is in what it is at, and how long that will still take. */
export function Course({ state, epochs }: { state: RunState; epochs: number }) {
  const { progress, status } = state;
  if (status === "queued") {
    return (
      <Card>
        <Progress
          done={0}
          total={epochs}
          label={progress?.phase === "gpu" ? phases.gpu : "Waiting for a worker"}
          note={
            progress?.phase === "gpu"
              ? "those that are here compute on their processor"
              : "starts by itself as soon as one is free"
          }
        />
      </Card>
    );
  }
  if (!progress || progress.phase === "starting") {
    return (
      <Card>
        <p className="text-dim">Starting the engine…</p>
      </Card>
    );
  }
  const { phase, done, total, secondsLeft, shards } = progress;
  const left = secondsLeft === undefined ? "" : `about ${duration(secondsLeft)} left`;
  const note = [left, shards ? shardsInWords(shards) : ""].filter((part) => part !== "").join(" · ");
  return (
    <Card>
      <Progress
        done={done}
        total={total}
        label={state.cancelRequested ? "Cancelling" : phases[phase]}
        note={note || undefined}
      />
    </Card>
  );
}

/** "3 of 12 shards stored by 2 workers": extraction is shared by all workers that are free. */
function shardsInWords({ done, total, workers }: NonNullable<RunProgress["shards"]>): string {
  const pieces = `${done} of ${total} shards stored`;
  return workers > 1 ? `${pieces} by ${workers} workers` : pieces;
}
