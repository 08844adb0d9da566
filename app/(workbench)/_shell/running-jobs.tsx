"use client";

import { Popover } from "@heroui/react";
import Link from "next/link";
import { Button as Pressable } from "react-aria-components/Button";
import { Progress } from "@/app/_components/progress";
import type { RunningJob } from "@/server/admin/schema";
import { useRunning } from "./use-running";

/** A chip with what runs in the background; pressed, all of it with bars. Nothing runs: nothing is shown. */
export function RunningJobs() {
  const jobs = useRunning();
  const first = jobs[0];
  if (!first) return null;
  return (
    <Popover>
      <Pressable className="inline-flex h-[22px] cursor-pointer items-center gap-1.5 rounded-full border border-line px-2 text-[12px] text-dim hover:bg-raise">
        <span aria-hidden className="size-1.5 rounded-full bg-accent" />
        {jobs.length === 1 ? `${first.label} · ${stateOf(first)}` : `${jobs.length} jobs in work`}
      </Pressable>
      <Popover.Content placement="bottom end" className="w-[340px]">
        <Popover.Dialog aria-label="In work" className="flex flex-col gap-3 p-3">
          {jobs.map((job) => (
            <Link key={job.href} href={job.href} className="block rounded-md hover:text-accent">
              <Progress
                done={job.done}
                total={job.total}
                label={`${job.label} · ${job.phase ?? job.status}`}
                note={job.secondsLeft === null ? undefined : timeLeft(job.secondsLeft)}
              />
            </Link>
          ))}
        </Popover.Dialog>
      </Popover.Content>
    </Popover>
  );
}

function stateOf(job: RunningJob): string {
  if (job.status === "queued") return "waiting";
  const phase = job.phase ?? "starting";
  return job.total > 0
    ? `${phase} ${job.done.toLocaleString("en-US")} of ${job.total.toLocaleString("en-US")}`
    : phase;
}

/** "40 s left", "3 min left", "about 2 h left". */
export function timeLeft(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s left`;
  if (seconds < 5_400) return `${Math.round(seconds / 60)} min left`;
  return `about ${Math.round(seconds / 3_600)} h left`;
}
