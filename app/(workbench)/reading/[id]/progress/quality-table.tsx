import { Card } from "@/app/_components/card";
import { DataTable } from "@/app/_components/data-table";
import { percent, Share } from "@/app/_components/share";
import type { ReaderQuality } from "@/server/reading/quality-rules";

type Props = { known: number; readers: readonly ReaderQuality[] };

/** How each reader did on the known cases that are mixed in; readers do not see it. */
export function QualityTable({ known, readers }: Props) {
  return (
    <Card
      title="Quality"
      aside={`${known.toLocaleString("en-US")} known cases mixed in; readers are not told which`}
    >
      <DataTable
        label="Readers on known cases"
        columns={[
          { key: "name", title: "Reader", sortable: true },
          { key: "cases", title: "Known cases read", number: true, sortable: true },
          { key: "found", title: "Positives found", number: true, sortable: true },
          { key: "false", title: "False positives", number: true, sortable: true },
          { key: "agreed", title: "Agreed, all findings", number: true, sortable: true },
        ]}
        rows={readers.map((one) => ({
          key: one.reader,
          cells: {
            name: <span title={one.reader}>{one.name}</span>,
            cases: one.cases.toLocaleString("en-US"),
            found: <Share count={one.found} total={one.positives} />,
            false: <Share count={one.falseAlarms} total={one.cells - one.positives} />,
            agreed: percent(one.agreed, Math.max(1, one.cells)),
          },
          sort: {
            name: one.name,
            cases: one.cases,
            found: one.positives === 0 ? null : one.found / one.positives,
            false: one.falseAlarms,
            agreed: one.agreed / Math.max(1, one.cells),
          },
        }))}
        empty={<p className="text-dim">Nobody has read a known case yet.</p>}
      />
      <p className="mt-2 text-[12px] text-dim">
        Positive against the rest. Rare findings make agreement look good: look at what was found and what was
        called in vain.
      </p>
    </Card>
  );
}
