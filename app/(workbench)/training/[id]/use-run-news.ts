"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { isOver, type RunEpoch, type RunLogLine, type RunState } from "@/server/training/schema";

export type RunNews = {
  readonly state: RunState;
  readonly epochs: readonly RunEpoch[];
  readonly log: readonly RunLogLine[];
};

/** A run as it goes on: what the page came with, and what the server tells since. */
export function useRunNews(initial: RunNews): RunNews {
  const [news, setNews] = useState(initial);
  const router = useRouter();
  const run = initial.state.id;
  const over = isOver(initial.state.status);
  useEffect(() => {
    if (over) return;
    const source = new EventSource(`/api/runs/${run}/events`);
    source.addEventListener("news", (event: MessageEvent<string>) => {
      const more = JSON.parse(event.data) as RunNews;
      setNews((known) => ({
        state: more.state,
        epochs: [
          ...known.epochs,
          ...more.epochs.filter(({ epoch }) => epoch > (known.epochs.at(-1)?.epoch ?? 0)),
        ],
        log: [...known.log, ...more.log.filter(({ id }) => id > (known.log.at(-1)?.id ?? 0))],
      }));
    });
    // The figures of the test part come with the page.
    source.addEventListener("end", () => {
      source.close();
      router.refresh();
    });
    return () => source.close();
  }, [run, over, router]);
  return over ? initial : news;
}
