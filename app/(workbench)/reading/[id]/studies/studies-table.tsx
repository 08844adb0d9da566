import Link from "next/link";
import { DataTable } from "@/app/_components/data-table";
import type { ListedStudy } from "@/server/reading/schema";
import { FilmThumbnail } from "../film-thumbnail";

/** Studies of a worklist in their order. */
export function StudiesTable({ rows }: { rows: readonly ListedStudy[] }) {
  return (
    <DataTable
      label="Studies of this worklist"
      columns={[
        { key: "place", title: "Place", number: true, width: "64px" },
        { key: "film", title: <span className="sr-only">Film</span>, width: "44px" },
        { key: "patient", title: "Patient" },
        { key: "reason", title: "Why it stands here" },
        { key: "state", title: "State" },
      ]}
      rows={rows.map((row) => ({
        key: row.study,
        cells: {
          place: row.place.toLocaleString("en-US"),
          film: <FilmThumbnail image={row.image} />,
          patient: (
            <Link href={`/patients/${row.patientId}`} className="text-accent hover:underline">
              {row.patient}
            </Link>
          ),
          reason: row.known ? <span className="text-dim">Known case, mixed in</span> : (row.reason ?? "–"),
          state: stateOf(row),
        },
      }))}
      empty={<p className="text-dim">No study stands behind this place.</p>}
    />
  );
}

function stateOf({ readsDone, readsWanted, skipped, flagged }: ListedStudy): string {
  const read =
    readsDone >= readsWanted ? "read" : readsWanted === 1 ? "waits" : `${readsDone} of ${readsWanted} reads`;
  return [skipped ? "skipped" : read, flagged ? "flagged" : null].filter((word) => word !== null).join(", ");
}
