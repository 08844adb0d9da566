import Link from "next/link";
import { DataTable } from "@/app/_components/data-table";
import { RelativeTime } from "@/app/_components/relative-time";
import type { AuditRow } from "@/server/audit/schema";

const columns = [
  { key: "id", title: "Row", number: true, width: "72px" },
  { key: "at", title: "When", width: "130px" },
  { key: "actor", title: "Who", width: "220px" },
  { key: "action", title: "What", width: "190px" },
  { key: "object", title: "On", width: "140px" },
  { key: "detail", title: "With" },
];

/** Rows of the trail; a press on an object shows all that was done to it. */
export function AuditTable({ rows }: { rows: readonly AuditRow[] }) {
  return (
    <DataTable
      label="Audit trail"
      columns={columns}
      rows={rows.map((row) => ({
        key: row.id,
        cells: {
          id: <span className="text-dim">{row.id}</span>,
          at: <RelativeTime at={row.at} />,
          actor: (
            <span title={row.actor} className="block max-w-[240px] truncate">
              {row.actor}
            </span>
          ),
          action: row.action,
          object: row.objectType ? (
            <Link
              className="hover:text-accent hover:underline"
              href={`/admin/audit?${new URLSearchParams({ objectType: row.objectType, objectId: row.objectId ?? "" })}`}
            >
              {row.objectType} {row.objectId}
            </Link>
          ) : (
            <span className="text-faint">–</span>
          ),
          detail: <Detail detail={row.detail} />,
        },
      }))}
    />
  );
}

/** The facts of a row on one line, in full on hover. */
function Detail({ detail }: { detail: AuditRow["detail"] }) {
  const words = Object.entries(detail)
    .map(([key, value]) => `${key} ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(" · ");
  return (
    <span title={words} className="block max-w-[520px] truncate text-dim">
      {words}
    </span>
  );
}
