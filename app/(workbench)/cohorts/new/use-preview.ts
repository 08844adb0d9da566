"use client";

import { useRouter } from "next/navigation";
import { useRef, useState, useTransition } from "react";
import type { CohortCounts, CohortSourceInput } from "@/server/cohorts/schema";
import type { Result } from "@/server/lib/errors";
import { create, preview } from "../actions";

/** What the server makes of a source, asked anew at every change; the answer to the newest question counts. */
export function usePreview() {
  const router = useRouter();
  const [counts, setCounts] = useState<Result<CohortCounts> | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [counting, startCounting] = useTransition();
  const [creating, startCreating] = useTransition();
  const newest = useRef(0);
  return {
    counts,
    problem,
    counting,
    creating,
    ask(source: CohortSourceInput) {
      newest.current += 1;
      const asked = newest.current;
      startCounting(async () => {
        const answer = await preview({ source });
        if (asked === newest.current) setCounts(answer);
      });
    },
    forget() {
      newest.current += 1;
      setCounts(null);
    },
    make(name: string, source: CohortSourceInput) {
      startCreating(async () => {
        setProblem(null);
        const answer = await create({ name, source });
        if (answer.ok) router.push(`/cohorts/${answer.value.id}`);
        else setProblem(answer.message);
      });
    },
  };
}
