"use client";

import { useState, useTransition } from "react";
import { Button } from "@/app/_components/button";
import { Notice } from "@/app/_components/notice";
import type { WorklistStatus } from "@/server/reading/schema";
import { setStatus } from "./actions";

type Props = { worklist: number; status: WorklistStatus; size?: "sm" | "md" };

/** Pauses an open worklist, opens a paused one. Readers keep the studies that they hold. */
export function StatusButton({ worklist, status, size = "md" }: Props) {
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const next = status === "open" ? "paused" : "open";
  return (
    <>
      {problem ? <Notice tone="error">{problem}</Notice> : null}
      <Button
        size={size}
        variant={size === "sm" ? "ghost" : "secondary"}
        pending={pending}
        onPress={() => start(async () => setProblem(await setStatus(worklist, next)))}
      >
        {status === "open" ? "Pause" : "Open again"}
      </Button>
    </>
  );
}
