"use client";

import { useState, useTransition } from "react";
import { Button } from "@/app/_components/button";
import { Notice } from "@/app/_components/notice";
import { Progress } from "@/app/_components/progress";
import type { LaunchChoices } from "@/server/training/choices";
import { bring } from "./actions";

type Props = LaunchChoices["presets"][number] & { choose: (weights: string) => void };

/** Known weights that are not here: a button that fetches them, how far they are, and what was in the way. */
export function FetchPreset({ name, about, bytes, choose }: Props) {
  const [obstacle, setObstacle] = useState<string | null>(null);
  const [come, setCome] = useState<{ done: number; total: number | null } | null>(null);
  const [bringing, start] = useTransition();
  const fetchIt = () =>
    start(async () => {
      setObstacle(null);
      const reason = await followed(name, setCome);
      setCome(null);
      setObstacle(reason);
      if (reason === null) choose(name);
    });
  return (
    <>
      <div className="-mt-2 flex items-center justify-between gap-3 text-[12px] text-dim">
        {about}
        <Button size="sm" pending={bringing} onPress={fetchIt}>
          {bytes === null ? "Fetch" : `Fetch ${megabytes(bytes)} MB`}
        </Button>
      </div>
      {come ? (
        <Progress
          label="Fetching, MB"
          done={megabytes(come.done)}
          total={megabytes(come.total ?? bytes ?? 0)}
        />
      ) : null}
      {obstacle ? <Notice tone="error">{obstacle}</Notice> : null}
    </>
  );
}

/** @returns what was in the way; null when the weights are here */
async function followed(
  name: string,
  tell: (come: { done: number; total: number | null }) => void,
): Promise<string | null> {
  try {
    const reader = (await bring(name)).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if ("obstacle" in value) return value.obstacle;
      tell(value);
    }
  } catch {
    // Told below, as a line that ended early is.
  }
  return "The connection broke off. What was begun goes on; reload the page to see whether it has come.";
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}
