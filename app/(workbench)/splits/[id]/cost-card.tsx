import Link from "next/link";
import { Card } from "@/app/_components/card";
import { Metric } from "@/app/_components/metric";
import type { CostRow, LeakCost } from "@/server/integrity/schema";

type Props = { cost: LeakCost | null; splitId: number; mayTrain: boolean };

const cell = "h-8 whitespace-nowrap border-line border-b px-2";

/** The newest run's figures where it had seen the patient, against those where it had not. */
export function CostCard({ cost, splitId, mayTrain }: Props) {
  if (cost === null) {
    return (
      <Card title="What it costs">
        <p className="text-dim">
          No run on this split is finished yet. After one, its figures on leaked test images stand here beside
          those on clean ones.
        </p>
        {mayTrain ? (
          <p className="mt-2">
            <Link href={`/training?split=${splitId}`} className="text-accent underline underline-offset-2">
              Train on this split
            </Link>
          </p>
        ) : null}
      </Card>
    );
  }
  return (
    <Card
      title="What it costs"
      aside={
        <Link href={`/models/${cost.run}/evaluation`} className="hover:text-text hover:underline">
          run {cost.run}, {cost.network}
        </Link>
      }
    >
      <div className="overflow-x-auto">
        <table
          className="w-full border-separate border-spacing-0 tabular-nums"
          aria-label="What the leak costs"
        >
          <thead>
            <tr className="text-[12px] text-dim">
              <th scope="col" className={`${cell} text-left font-medium`}>
                Test images
              </th>
              <th scope="col" className={`${cell} text-right font-medium`}>
                {cost.leaked.images.toLocaleString("en-US")} leaked
              </th>
              <th scope="col" className={`${cell} text-right font-medium`}>
                {cost.clean.images.toLocaleString("en-US")} clean
              </th>
              <th scope="col" className={`${cell} text-right font-medium`}>
                difference
              </th>
            </tr>
          </thead>
          <tbody>
            {cost.rows.map((row) => (
              <Row key={row.metric} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="mt-2 text-dim">{verdict(cost.rows)}</p>
    </Card>
  );
}

function Row({ row }: { row: CostRow }) {
  const reason = "No image of that class on one of the two sides";
  return (
    <tr>
      <th scope="row" className={`${cell} text-left font-normal`}>
        {row.metric}
      </th>
      <td className={`${cell} text-right`}>
        <Metric {...row.leaked} reason={reason} />
      </td>
      <td className={`${cell} text-right`}>
        <Metric {...row.clean} reason={reason} />
      </td>
      <td className={`${cell} text-right`}>
        {row.difference.value !== null && row.difference.value > 0 ? "+" : ""}
        <Metric {...row.difference} reason={reason} />
      </td>
    </tr>
  );
}

/** Says plainly when the interval holds zero, and what the comparison cannot tell. */
function verdict(rows: readonly CostRow[]): string {
  const caveat =
    "The two groups of images differ in more than the leak; a run on the mended split is the fairer test.";
  const beyond = rows.filter((row) => row.beyondNoise === true).map((row) => row.metric);
  if (beyond.length > 0) return `Beyond noise for ${beyond.join(" and ")}. ${caveat}`;
  return `Every interval of a difference holds zero: it may be noise. ${caveat}`;
}
