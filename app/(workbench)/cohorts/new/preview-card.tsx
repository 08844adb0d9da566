import { Card } from "@/app/_components/card";
import { Notice } from "@/app/_components/notice";
import { percent } from "@/app/_components/share";
import type { CohortCounts } from "@/server/cohorts/schema";
import type { Result } from "@/server/lib/errors";
import { UnmatchedRows } from "../unmatched-rows";

type Props = { counts: Result<CohortCounts> | null; counting: boolean; empty: string };

/** What the cohort will hold, before it is made. */
export function PreviewCard({ counts, counting, empty }: Props) {
  return (
    <Card title="What it will hold" aside={counting ? "Counting…" : undefined}>
      <div aria-live="polite">
        {counts === null ? (
          <p className="text-dim">{empty}</p>
        ) : counts.ok ? (
          <Counts counts={counts.value} />
        ) : (
          <Notice tone="warn" title={counts.message} />
        )}
      </div>
    </Card>
  );
}

function Counts({ counts }: { counts: CohortCounts }) {
  const { images, patients, classes, order, unmatched } = counts;
  const names = order.map((name) => [name, classes[name] ?? 0] as const);
  const most = Math.max(...names.map(([, count]) => count));
  return (
    <div className="flex flex-col gap-4">
      <p>
        <b className="font-semibold">{images.toLocaleString("en-US")} images</b> of{" "}
        {patients.toLocaleString("en-US")} patients
      </p>
      <table aria-label="Images per class" className="w-full border-separate border-spacing-0 tabular-nums">
        <tbody>
          {names.map(([name, count], place) => (
            <tr key={name}>
              <th
                scope="row"
                className="h-8 border-line border-b whitespace-nowrap pr-4 text-left font-normal"
              >
                {name}
                {names.length === 2 && place === 0 ? <span className="text-dim"> · positive</span> : null}
              </th>
              <td className="h-8 w-1/2 border-line border-b">
                <span aria-hidden className="block h-2 rounded bg-raise">
                  <span
                    className="block h-full rounded bg-accent"
                    style={{ width: `${(100 * count) / most}%` }}
                  />
                </span>
              </td>
              <td className="h-8 border-line border-b pl-4 text-right">{count.toLocaleString("en-US")}</td>
              <td className="h-8 w-14 border-line border-b text-right text-dim">{percent(count, images)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {unmatched.count > 0 ? (
        <div className="flex flex-col gap-2">
          <Notice
            tone="warn"
            title={`${unmatched.count.toLocaleString("en-US")} ${unmatched.count === 1 ? "row is" : "rows are"} left out`}
          />
          <UnmatchedRows unmatched={unmatched} />
        </div>
      ) : null}
    </div>
  );
}
