import { DataTable, type TableColumn } from "@/app/_components/data-table";
import type { CohortCounts } from "@/server/cohorts/schema";

const columns: TableColumn[] = [
  { key: "line", title: "Line", number: true, width: "72px" },
  { key: "path", title: "Path" },
  { key: "reason", title: "Why it was left out" },
];

/** Rows of a table that name no image that can be taken. */
export function UnmatchedRows({ unmatched }: { unmatched: CohortCounts["unmatched"] }) {
  const { count, rows } = unmatched;
  return (
    <>
      <DataTable
        label="Rows left out"
        columns={columns}
        maxHeight="288px"
        rows={rows.map(({ line, path, reason }) => ({ key: line, cells: { line, path, reason } }))}
      />
      {count > rows.length ? (
        <p className="mt-2 text-dim">
          The first {rows.length.toLocaleString("en-US")} of {count.toLocaleString("en-US")}.
        </p>
      ) : null}
    </>
  );
}
