import Link from "next/link";
import { LinkButton } from "@/app/_components/button";
import { DataTable } from "@/app/_components/data-table";
import { RelativeTime } from "@/app/_components/relative-time";
import type { LabelChange } from "@/server/labels/schema";
import { StateChange } from "./state-change";

type Props = { rows: readonly LabelChange[]; next: number | null };

/** Reads that say something else than the source: whose, when, from what to what. */
export function ChangesTable({ rows, next }: Props) {
  return (
    <>
      <DataTable
        label="Changes by reads"
        columns={[
          { key: "patient", title: "Patient, study" },
          { key: "changes", title: "Changes" },
          { key: "reader", title: "Reader" },
          { key: "at", title: "When" },
        ]}
        rows={rows.map((change) => ({
          key: change.readId,
          cells: {
            patient: (
              <span className="whitespace-nowrap">
                <Link href={`/patients/${change.patientId}`} className="text-accent hover:underline">
                  {change.patient}
                </Link>{" "}
                <Link href={`/labels/studies/${change.studyId}`} className="text-accent hover:underline">
                  {change.study}
                </Link>
              </span>
            ),
            changes: (
              <span className="flex flex-wrap gap-x-4 py-1">
                {change.changes.map(({ finding, from, to }) => (
                  <span key={finding} className="inline-flex items-center gap-1 whitespace-nowrap">
                    {finding} <StateChange from={from} to={to} />
                  </span>
                ))}
              </span>
            ),
            reader: (
              <span className="whitespace-nowrap">
                {change.reader}
                {change.kind === "adjudication" ? " (adjudicated)" : ""}
              </span>
            ),
            at: <RelativeTime at={change.at} />,
          },
        }))}
        empty={<p className="text-dim">No read says anything else than its source.</p>}
      />
      {next === null ? null : (
        <div className="mt-3">
          <LinkButton href={`/labels?changes=${next}`}>Older changes</LinkButton>
        </div>
      )}
    </>
  );
}
