/** What is known of a worklist's pace. */
export type Pace = {
  /** Reads that are still wanted. */
  readonly readsLeft: number;
  /** Seconds of work on a read, in the middle; null before the first. */
  readonly medianSeconds: number | null;
  /** Reads of the last seven days, and how many of those days had passed when the list was made. */
  readonly readsLately: number;
  readonly daysLately: number;
};

export type Outlook = Pace & {
  /** Reading time that is left, over all readers. */
  readonly secondsLeft: number | null;
  /** When it will be done at the pace of the last days; null where nobody read in them. */
  readonly doneOn: Date | null;
  readonly late: boolean;
};

const dayMs = 86_400_000;

/** What is left in hours of reading, and the day on which it ends at the pace of late. */
export function outlookOf(pace: Pace, now: Date, dueOn: string | null): Outlook {
  const { readsLeft, medianSeconds, readsLately, daysLately } = pace;
  const aDay = readsLately / Math.max(daysLately, 1);
  const doneOn =
    readsLeft === 0 ? now : aDay === 0 ? null : new Date(now.getTime() + (readsLeft / aDay) * dayMs);
  // Due on a day is in time until that day is over.
  const end = dueOn === null ? null : new Date(`${dueOn}T00:00:00Z`).getTime() + dayMs;
  const late =
    end !== null && readsLeft > 0 && (now.getTime() >= end || (doneOn !== null && doneOn.getTime() >= end));
  return { ...pace, secondsLeft: medianSeconds === null ? null : readsLeft * medianSeconds, doneOn, late };
}
