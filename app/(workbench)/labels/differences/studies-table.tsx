import Link from "next/link";
import { LinkButton } from "@/app/_components/button";
import { DataTable } from "@/app/_components/data-table";
import type { DifferingStudy } from "@/server/labels/schema";
import { StateChange } from "../state-change";
import { type DifferencesSearch, searchOfDifferences } from "./search";

type Props = { rows: readonly DifferingStudy[]; next: number | null; search: DifferencesSearch };

/** Studies whose labels differ, in the order of import; each leads to its history. */
export function StudiesTable({ rows, next, search }: Props) {
  return (
    <>
      <DataTable
        label="Studies whose labels differ"
        columns={[
          { key: "study", title: "Patient, study" },
          { key: "images", title: "Images", number: true },
          { key: "changes", title: "Changes" },
        ]}
        rows={rows.map(({ studyId, patientId, patient, study, dataset, images, changes }) => ({
          key: studyId,
          cells: {
            study: (
              <span title={dataset}>
                <Link href={`/patients/${patientId}`} className="text-accent hover:underline">
                  {patient}
                </Link>{" "}
                <Link href={`/labels/studies/${studyId}`} className="text-accent hover:underline">
                  {study}
                </Link>
              </span>
            ),
            images,
            changes: (
              <span className="flex flex-wrap gap-x-4 py-1">
                {changes.map(({ finding, from, to }) => (
                  <span key={finding} className="inline-flex items-center gap-1.5 whitespace-nowrap">
                    {finding} <StateChange from={from} to={to} />
                  </span>
                ))}
              </span>
            ),
          },
        }))}
        empty={<p className="text-dim">No study differs in this.</p>}
      />
      <nav aria-label="Pages of studies" className="mt-3 flex gap-2 empty:hidden">
        {search.after === undefined ? null : (
          <LinkButton href={searchOfDifferences({ ...search, after: undefined })}>First page</LinkButton>
        )}
        {next === null ? null : (
          <LinkButton href={searchOfDifferences({ ...search, after: next })}>Next page</LinkButton>
        )}
      </nav>
    </>
  );
}
