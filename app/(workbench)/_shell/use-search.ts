"use client";

import { useEffect, useState } from "react";
import type { Found } from "@/server/admin/schema";

type Answer = { readonly text: string; readonly found: readonly Found[] };

/** Asks the server once the typing rests for 120 ms; an answer that comes after a newer question is dropped. */
export function useSearch(text: string): { found: readonly Found[]; pending: boolean } {
  const wanted = text.trim();
  const [answer, setAnswer] = useState<Answer>({ text: "", found: [] });
  useEffect(() => {
    if (wanted === "") return;
    const late = new AbortController();
    const timer = setTimeout(async () => {
      const response = await fetch(`/api/search?${new URLSearchParams({ text: wanted })}`, {
        signal: late.signal,
      }).catch(() => null);
      if (late.signal.aborted) return;
      const found = response?.ok ? ((await response.json()) as Found[]) : [];
      if (!late.signal.aborted) setAnswer({ text: wanted, found });
    }, 120);
    return () => {
      clearTimeout(timer);
      late.abort();
    };
  }, [wanted]);
  // While a new answer is on its way the last one stays, so that the list does not flicker.
  return { found: wanted === "" ? [] : answer.found, pending: wanted !== answer.text };
}
