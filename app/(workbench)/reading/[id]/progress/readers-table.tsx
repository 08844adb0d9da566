import { DataTable } from "@/app/_components/data-table";
import { Progress } from "@/app/_components/progress";
import type { ReaderProgress } from "@/server/reading/schema";

const columns = [
  { key: "name", title: "Reader", sortable: true },
  { key: "share", title: <span className="sr-only">Share of the studies</span>, width: "120px" },
  { key: "reads", title: "Reads", number: true, sortable: true },
  { key: "median", title: "Median, s", number: true, sortable: true },
];

/** Who has read how many, at what pace. */
export function ReadersTable({ readers, studies }: { readers: readonly ReaderProgress[]; studies: number }) {
  return (
    <DataTable
      label="Readers"
      columns={columns}
      rows={readers.map(({ reader, name, reads, medianSeconds }) => ({
        key: reader,
        cells: {
          name: <span title={reader}>{name}</span>,
          share: <Progress compact label={`Studies that ${name} has read`} done={reads} total={studies} />,
          reads: reads.toLocaleString("en-US"),
          median: medianSeconds.toFixed(1),
        },
        sort: { name, reads, median: medianSeconds },
      }))}
      empty={<p className="text-dim">Nobody has read a study of it yet.</p>}
    />
  );
}
