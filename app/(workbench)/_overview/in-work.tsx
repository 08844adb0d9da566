"use client";

import Link from "next/link";
import { Card } from "@/app/_components/card";
import { Progress } from "@/app/_components/progress";
import type { RunningJob } from "@/server/admin/schema";
import { timeLeft } from "../_shell/running-jobs";
import { useRunning } from "../_shell/use-running";
import { TinyCurve } from "./tiny-curve";

/** Imports and runs in the background, as they move. */
export function InWork({ jobs: atStart }: { jobs: readonly RunningJob[] }) {
  const jobs = useRunning(atStart);
  return (
    <Card title="In work">
      {jobs.length === 0 ? (
        <p className="text-dim">Nothing runs in the background.</p>
      ) : (
        <ul className="flex flex-col gap-3">
          {jobs.map((job) => (
            <li key={job.href} className="grid grid-cols-[minmax(0,1fr)_96px] items-center gap-4">
              <Link href={job.href} className="block rounded-md hover:text-accent">
                <Progress
                  done={job.done}
                  total={job.total}
                  label={`${job.label} · ${job.status === "queued" ? "waiting" : (job.phase ?? "starting")}`}
                  note={job.secondsLeft === null ? undefined : timeLeft(job.secondsLeft)}
                />
              </Link>
              <TinyCurve values={job.curve} label={`Training loss of ${job.label.toLowerCase()}`} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
