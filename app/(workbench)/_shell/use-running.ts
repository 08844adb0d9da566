"use client";

import { useEffect, useState } from "react";
import type { RunningJob } from "@/server/admin/schema";

const busyMs = 3_000;
const quietMs = 15_000;

/** What runs in the background, asked often while something does, seldom otherwise, never in a hidden tab. */
export function useRunning(atStart: readonly RunningJob[] = []): readonly RunningJob[] {
  const [jobs, setJobs] = useState(atStart);
  useEffect(() => {
    const gone = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      let wait = quietMs;
      if (!document.hidden) {
        const response = await fetch("/api/running", { signal: gone.signal }).catch(() => null);
        if (gone.signal.aborted) return;
        if (response?.ok) {
          const found = (await response.json()) as RunningJob[];
          setJobs(found);
          if (found.length > 0) wait = busyMs;
        }
      }
      timer = setTimeout(ask, wait);
    };
    void ask();
    return () => {
      gone.abort();
      clearTimeout(timer);
    };
  }, []);
  return jobs;
}
