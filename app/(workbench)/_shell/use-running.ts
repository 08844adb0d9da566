"use client";

import { useSyncExternalStore } from "react";
import type { RunningJob } from "@/server/admin/schema";

const busyMs = 3_000;
const quietMs = 15_000;

let jobs: readonly RunningJob[] | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/**
 * What runs in the background, asked once for all that show it: often while something does, seldom otherwise, never
 * in a hidden tab. A session that ended meanwhile leads to the sign-in page.
 * @param atStart what the server already said with the page
 */
export function useRunning(atStart: readonly RunningJob[] = none): readonly RunningJob[] {
  return (
    useSyncExternalStore(
      subscribe,
      () => jobs,
      () => null,
    ) ?? atStart
  );
}

const none: readonly RunningJob[] = [];

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) void ask();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearTimeout(timer);
  };
}

async function ask(): Promise<void> {
  clearTimeout(timer);
  const found = document.hidden ? null : await fetchRunning();
  if (found !== null) {
    jobs = found;
    for (const listener of listeners) listener();
  }
  if (listeners.size > 0) timer = setTimeout(ask, jobs?.length ? busyMs : quietMs);
}

async function fetchRunning(): Promise<readonly RunningJob[] | null> {
  const response = await fetch("/api/running").catch(() => null);
  if (response?.status === 401) {
    const { pathname, search } = window.location;
    window.location.assign(`/sign-in?${new URLSearchParams({ from: pathname + search })}`);
  }
  return response?.ok ? ((await response.json()) as RunningJob[]) : null;
}
