import { Card } from "@/app/_components/card";
import type { Outlook } from "@/server/reading/outlook-rules";

type Props = { outlook: Outlook; dueOn: string | null; open: boolean };

/** How much reading is left, and whether it will be done in time. */
export function OutlookCard({ outlook, dueOn, open }: Props) {
  const { readsLeft, medianSeconds, secondsLeft, doneOn, late, readsLately, daysLately } = outlook;
  const aDay = readsLately / Math.max(1, daysLately);
  return (
    <Card
      title="Time left"
      aside={dueOn === null ? "no due date" : <span className={late ? "text-leak" : ""}>due {dueOn}</span>}
    >
      <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 tabular-nums">
        <Fact what="reads still wanted" value={readsLeft.toLocaleString("en-US")} />
        <Fact
          what={
            medianSeconds === null
              ? "reading time, all readers"
              : `reading time at ${medianSeconds.toFixed(0)} s a read`
          }
          value={secondsLeft === null ? "–" : durationWords(secondsLeft)}
          why="Nobody has read a study of it yet."
        />
        <Fact
          what={`at the pace of the last ${daysLately < 7 ? "days" : "7 days"}, ${aDay < 10 ? aDay.toFixed(1) : Math.round(aDay)} reads a day`}
          value={
            !open && readsLeft > 0
              ? "not open"
              : doneOn === null
                ? "–"
                : readsLeft === 0
                  ? "done"
                  : `done ${dayOf(doneOn)}`
          }
          why="Nobody read of it in the last 7 days."
        />
      </dl>
      {late ? <p className="mt-2 text-leak">It will not be done in time at this pace.</p> : null}
    </Card>
  );
}

function Fact({ what, value, why }: { what: string; value: string; why?: string }) {
  return (
    <div className="contents">
      <dt className="text-dim">{what}</dt>
      <dd className="m-0 text-right" title={value === "–" ? why : undefined}>
        {value}
      </dd>
    </div>
  );
}

function durationWords(seconds: number): string {
  if (seconds === 0) return "none";
  if (seconds < 5400) return `${Math.max(1, Math.round(seconds / 60))} min`;
  return `${(seconds / 3600).toFixed(seconds < 36_000 ? 1 : 0)} h`;
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
