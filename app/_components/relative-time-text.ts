const steps = [
  { unit: "year", seconds: 31_557_600 },
  { unit: "month", seconds: 2_629_800 },
  { unit: "week", seconds: 604_800 },
  { unit: "day", seconds: 86_400 },
  { unit: "hour", seconds: 3_600 },
  { unit: "minute", seconds: 60 },
] as const;

const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** "just now", "4 minutes ago", "in 2 days". */
export function relativeTime(at: Date, now: number): string {
  const seconds = (at.getTime() - now) / 1000;
  const step = steps.find((candidate) => Math.abs(seconds) >= candidate.seconds);
  if (!step) return seconds > 5 ? "in a moment" : "just now";
  return words.format(Math.round(seconds / step.seconds), step.unit);
}
