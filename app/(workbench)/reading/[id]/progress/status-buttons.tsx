"use client";

import { useState, useTransition } from "react";
import { Button } from "@/app/_components/button";
import { Notice } from "@/app/_components/notice";
import type { WorklistStatus } from "@/server/reading/schema";
import { setStatus } from "../../actions";

/** Pauses an open worklist, opens a paused one. */
export function StatusButtons({ worklist, status }: { worklist: number; status: WorklistStatus }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const next = status === "open" ? "paused" : "open";
  return (
    <>
      {problem ? <Notice tone="error">{problem}</Notice> : null}
      <Button
        pending={pending}
        onPress={() => start(async () => setProblem(await setStatus(worklist, next)))}
      >
        {status === "open" ? "Pause" : "Open again"}
      </Button>
    </>
  );
}
