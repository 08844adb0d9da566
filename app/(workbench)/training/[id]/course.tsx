import { Card } from "@/app/_components/card";
import { Progress } from "@/app/_components/progress";
import type { RunProgress, RunState } from "@/server/training/schema";
import { duration } from "../duration";

const phases: Record<RunProgress["phase"], string> = {
  starting: "Starting the engine",
  features: "Extracting features",
  films: "Reading films",
  training: "Training, epochs",
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
          label="Waiting for a worker"
          note="starts by itself as soon as one is free"
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
  const { phase, done, total, secondsLeft } = progress;
  const note = secondsLeft === undefined ? undefined : `about ${duration(secondsLeft)} left`;
  return (
    <Card>
      <Progress
        done={done}
        total={total}
        label={state.cancelRequested ? "Cancelling" : phases[phase]}
        note={note}
      />
    </Card>
  );
}
