import { Card } from "@/app/_components/card";
import { DataTable, type TableColumn } from "@/app/_components/data-table";
import { Hint } from "@/app/_components/hint";
import { Metric } from "@/app/_components/metric";
import { percent } from "@/app/_components/share";
import type { ReaderComparison } from "@/server/reading/reader-comparison";
import type { YesRate } from "@/server/reading/reader-summary";

/** Pace and agreement with the consensus, and how often each reader says yes beside the others. */
export function ReadersBeside({ compared }: { compared: ReaderComparison }) {
  return (
    <div className="grid items-start gap-4 xl:grid-cols-2">
      <Card title="Readers" aside="Against the consensus of all, own reads among them">
        <ReadersTable compared={compared} />
      </Card>
      <Card title="How often each says yes" aside="Behind it, the other readers together">
        <YesTable compared={compared} />
      </Card>
    </div>
  );
}

const columns: readonly TableColumn[] = [
  { key: "reader", title: "Reader", sortable: true },
  { key: "reads", title: "Reads", number: true, sortable: true },
  { key: "seconds", title: "Median, s", number: true, sortable: true },
  {
    key: "same",
    title: <Hint text="Of all answers, those that are the consensus's">Same answer</Hint>,
    number: true,
  },
  {
    key: "yes",
    title: (
      <Hint text="Of the yes on either side, how much is said by both: 2a ÷ (2a + b + c)">Same yes</Hint>
    ),
    number: true,
  },
];

function ReadersTable({ compared: { summaries } }: { compared: ReaderComparison }) {
  return (
    <DataTable
      label="Readers beside each other"
      columns={columns}
      rows={summaries.map(({ reader, reads, medianSeconds, sameAsConsensus: same, sameYes }) => ({
        key: reader.id,
        cells: {
          reader: <span title={reader.email}>{reader.name}</span>,
          reads: reads.toLocaleString("en-US"),
          seconds: medianSeconds === null ? <Hint text="No time is known">–</Hint> : medianSeconds.toFixed(1),
          same: <Metric {...same} reason={same.reason ?? undefined} digits={2} />,
          yes: <Metric {...sameYes} reason={sameYes.reason ?? undefined} digits={2} />,
        },
        sort: { reader: reader.name, reads, seconds: medianSeconds },
      }))}
    />
  );
}

function YesTable({ compared: { summaries, findings } }: { compared: ReaderComparison }) {
  return (
    <DataTable
      label="How often each reader says yes, per finding"
      columns={[
        { key: "finding", title: "Finding" },
        ...summaries.map(({ reader }) => ({ key: String(reader.id), title: reader.name, number: true })),
      ]}
      rows={findings.map((finding, place) => ({
        key: finding,
        cells: {
          finding,
          ...Object.fromEntries(
            summaries.map(({ reader, yes, yesOfOthers }) => [
              String(reader.id),
              <span key={reader.id}>
                {rate(yes[place])} <span className="text-dim">· {rate(yesOfOthers[place])}</span>
              </span>,
            ]),
          ),
        },
      }))}
    />
  );
}

function rate(of: YesRate | undefined): string {
  return of === undefined || of.answers === 0 ? "–" : percent(of.yes, of.answers);
}
