import type { Metadata } from "next";
import { Card } from "@/app/_components/card";
import { DataTable, type TableColumn } from "@/app/_components/data-table";
import { PageHeader } from "@/app/_components/page-header";
import { RelativeTime } from "@/app/_components/relative-time";
import { requirePermission } from "@/app/_session/session";
import { valueOrThrow } from "@/server/auth/command";
import { datasetFormats } from "@/server/datasets/formats/registry";
import { type ImportShown, listImports } from "@/server/datasets/import-queries";
import { ImportForm } from "./import-form";

export const metadata: Metadata = { title: "Import" };

const columns: readonly TableColumn[] = [
  { key: "dataset", title: "Dataset" },
  { key: "source", title: "From" },
  { key: "status", title: "Status" },
  { key: "rows", title: "Rows", number: true },
  { key: "rejected", title: "Not taken", number: true },
  { key: "by", title: "By" },
  { key: "at", title: "When" },
];

export default async function ImportPage() {
  const person = await requirePermission("datasets.import");
  const { imports, roots } = valueOrThrow(await listImports(person, {}));
  const formats = datasetFormats.map((format) => ({
    name: format.name,
    title: format.title,
    dataset: format.defaultDataset,
    table: format.kind === "table" ? format.table : null,
  }));
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        title="Import a dataset"
        sub="The same import again changes nothing; a newer table updates what changed. Nothing is half done."
      />
      <div className="grid items-start gap-4 lg:grid-cols-[440px_1fr]">
        <Card title="New import">
          <ImportForm formats={formats} roots={roots} />
        </Card>
        <Card title="Imports so far">
          <DataTable
            label="Imports"
            columns={columns}
            rows={imports.map(rowOf)}
            empty="Nothing has been imported yet."
          />
        </Card>
      </div>
    </div>
  );
}

function rowOf({ id, dataset, source, status, result, startedBy, createdAt }: ImportShown) {
  return {
    key: id,
    href: `/datasets/import/${id}`,
    cells: {
      dataset,
      source: <span title={source}>{source.split("/").at(-1)}</span>,
      status: status === "failed" ? <span className="text-danger">failed</span> : status,
      rows: result ? result.rows.toLocaleString("en-US") : "–",
      rejected: result ? result.rejected.count.toLocaleString("en-US") : "–",
      by: startedBy,
      at: <RelativeTime at={createdAt} />,
    },
  };
}
