import { KeepLooking } from "@/app/_components/keep-looking";
import { Notice } from "@/app/_components/notice";
import { Progress } from "@/app/_components/progress";
import type { CheckState } from "@/server/training/checks/schema";

const phases: Readonly<Record<string, string>> = {
  borders: "Measuring borders",
  properties: "Asking what each property tells",
  "features whole": "Looking at whole films",
  "features frame": "Looking at frames",
  "features centre": "Looking at centres",
};

/** How far a check is that is not over yet, or why it failed; nothing once it is done. */
export function CheckCourse({ check }: { check: CheckState }) {
  const { status, progress, error } = check;
  if (status === "done") return null;
  if (status === "failed")
    return (
      <Notice tone="error" title="The check failed">
        {error}
      </Notice>
    );
  const label =
    status === "queued" ? "Waiting for a worker" : (phases[progress?.phase ?? ""] ?? "Training heads");
  return (
    <>
      <KeepLooking />
      <Progress done={progress?.done ?? 0} total={progress?.total ?? 0} label={label} />
    </>
  );
}
