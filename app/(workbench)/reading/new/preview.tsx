import { Card } from "@/app/_components/card";
import type { PreviewState } from "./use-preview";

type Props = { preview: PreviewState; reads: number; blind: boolean };

/** Seconds that a read takes until readers here have shown their own pace: the sketch of a day's work. */
const secondsEach = 40;

/** What the worklist will be, before it is made. */
export function Preview({ preview: { answer, counting }, reads, blind }: Props) {
  return (
    <Card title="What it will be" className="lg:sticky lg:top-0">
      <div aria-live="polite" aria-busy={counting} className={counting ? "italic" : ""}>
        {answer === null ? (
          <p className="text-dim">Counting …</p>
        ) : answer.ok ? (
          <Words studies={answer.value.studies} reads={reads} blind={blind} />
        ) : (
          <p className="text-dim">{answer.message}</p>
        )}
      </div>
    </Card>
  );
}

function Words({ studies, reads, blind }: { studies: number; reads: number; blind: boolean }) {
  if (studies === 0) return <p>No study matches now: there would be nothing to read.</p>;
  const all = studies * reads;
  const hours = (all * secondsEach) / 3600;
  return (
    <>
      <p className="text-[20px] leading-7 tabular-nums">
        {studies.toLocaleString("en-US")} {studies === 1 ? "study" : "studies"}
      </p>
      <ul className="mt-2 flex list-disc flex-col gap-1 pl-4 text-dim marker:text-faint">
        <li>
          {reads === 1 ? "One reader each" : `${reads} readers each, ${all.toLocaleString("en-US")} reads`}
        </li>
        <li>
          {blind
            ? "Labels, other reads and models are shown after each read"
            : "Labels, other reads and models are shown from the start, and recorded so"}
        </li>
        <li>About {hours < 1 ? `${Math.ceil(hours * 60)} min` : `${Math.round(hours)} h`} at 40 s a read</li>
        <li>Counted now; the list keeps these studies, whatever is read or trained later</li>
      </ul>
    </>
  );
}
