import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { DataTable } from "@/app/_components/data-table";
import { PageHeader } from "@/app/_components/page-header";
import { RelativeTime } from "@/app/_components/relative-time";
import { requirePermission } from "@/app/_session/session";
import { valueOrThrow } from "@/server/auth/command";
import { listRejections, showImport } from "@/server/datasets/import-queries";
import { LiveImport } from "./live-import";

export const metadata: Metadata = { title: "Import" };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ after?: string }> };

export default async function ImportProgressPage({ params, searchParams }: Props) {
  const person = await requirePermission("datasets.import");
  const [{ id }, { after }] = await Promise.all([params, searchParams]);
  const shown = await showImport(person, { id });
  if (!shown.ok) notFound();
  const rejected = await listRejections(person, { id, after });
  const { rows, total, next } = valueOrThrow(rejected.ok ? rejected : await listRejections(person, { id }));
  const { dataset, format, source, createdAt, startedBy } = shown.value;
  const [one, many] = format === "dicom" ? (["file", "files"] as const) : (["row", "rows"] as const);
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        title={`Import into ${dataset}`}
        sub={
          <>
            {source}, <RelativeTime at={createdAt} /> by {startedBy}
          </>
        }
      />
      <LiveImport atStart={shown.value} />
      {total > 0 ? (
        <Card
          title={`${total.toLocaleString("en-US")} ${total === 1 ? one : many} not taken`}
          aside={
            <a className="text-accent hover:underline" href={`/api/imports/${id}/rejected`}>
              Download as CSV
            </a>
          }
        >
          <DataTable
            label={`${one === "file" ? "Files" : "Rows"} not taken`}
            columns={[
              { key: "line", title: one === "file" ? "File no." : "Line", number: true, width: "80px" },
              { key: "reason", title: "Reason" },
              // What a DICOM file is called may name a patient: it is kept nowhere.
              ...(one === "file" ? [] : [{ key: "path", title: "File" } as const]),
            ]}
            rows={rows.map(({ line, reason, path }) => ({
              key: line,
              cells: { line, reason, path: path ?? "–" },
            }))}
            maxHeight="420px"
          />
          {next === undefined ? null : (
            <nav aria-label="Pages of rows" className="mt-3">
              <LinkButton href={`/datasets/import/${id}?after=${next}`}>Next rows</LinkButton>
            </nav>
          )}
        </Card>
      ) : null}
    </div>
  );
}
