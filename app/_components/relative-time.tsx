"use client";

import { useEffect, useState } from "react";
import { relativeTime } from "./relative-time-text";

/** A time as "3 minutes ago", with the exact one on hover. `at` is a Date, ISO string or null. */
export function RelativeTime({ at }: { at: Date | string | null | undefined }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  if (at === null || at === undefined) return <span className="text-faint">–</span>;
  const moment = new Date(at);
  const exact = moment.toISOString().replace("T", " ").slice(0, 19);
  return (
    <time
      dateTime={moment.toISOString()}
      title={`${exact} UTC`}
      className="whitespace-nowrap"
      suppressHydrationWarning
    >
      {relativeTime(moment, now)}
    </time>
  );
}
