import { Card } from "@/app/_components/card";
import { Progress } from "@/app/_components/progress";
import type { SweepDetail } from "@/server/training/sweeps/sweep-views";

/** How far a sweep is: its features first, then its trials. */
export function SweepCourse({ sweep }: { sweep: SweepDetail }) {
  const { trials, progress, status } = sweep;
  const ended = trials.filter((trial) => trial.status === "done" || trial.status === "failed").length;
  const working = trials.filter((trial) => trial.status === "running").length;
  if (progress) {
    return (
      <Card>
        <Progress
          done={progress.done}
          total={progress.total}
          label="Extracting features, once for all heads"
        />
      </Card>
    );
  }
  const label =
    status === "queued" ? "Waiting for a worker" : status === "cancelled" ? "Cancelled" : "Training heads";
  const note =
    status === "queued"
      ? "starts by itself as soon as one is free"
      : working > 0
        ? `${working} at once`
        : undefined;
  return (
    <Card>
      <Progress done={ended} total={trials.length} label={label} note={note} />
    </Card>
  );
}
