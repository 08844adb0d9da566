import { Database, Upload } from "lucide-react";
import type { Metadata } from "next";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { DataTable, type TableColumn } from "@/app/_components/data-table";
import { EmptyState } from "@/app/_components/empty-state";
import { PageHeader } from "@/app/_components/page-header";
import { RelativeTime } from "@/app/_components/relative-time";
import { requirePermission } from "@/app/_session/session";
import { may } from "@/server/auth/actor";
import { valueOf as unwrap } from "@/server/auth/command";
import type { DatasetSummary } from "@/server/datasets/browse/schema";
import { listDatasets } from "@/server/datasets/queries";
import { formatWords } from "./format-words";

export const metadata: Metadata = { title: "Datasets" };

const columns: readonly TableColumn[] = [
  { key: "dataset", title: "Dataset", sortable: true },
  { key: "format", title: "Format", sortable: true },
  { key: "images", title: "Images", number: true, sortable: true },
  { key: "films", title: "Films here", number: true, sortable: true },
  { key: "patients", title: "Patients", number: true, sortable: true },
  { key: "studies", title: "Studies", number: true, sortable: true },
  { key: "version", title: "Version", number: true, sortable: true },
  { key: "imported", title: "Last import", sortable: true },
];

export default async function DatasetsPage() {
  const person = await requirePermission("datasets.view");
  const { datasets } = unwrap(await listDatasets(person, {}));
  const mayImport = may(person, "datasets.import");
  const importButton = (
    <LinkButton href="/datasets/import" variant="primary" icon={<Upload aria-hidden size={16} />}>
      Import
    </LinkButton>
  );
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        title="Datasets"
        sub={datasets.length === 0 ? undefined : totals(datasets)}
        actions={
          datasets.length === 0 ? undefined : (
            <>
              {may(person, "quarantine.decide") ? (
                <LinkButton href="/datasets/quarantine">Quarantine</LinkButton>
              ) : null}
              <LinkButton href="/images">Browse all images</LinkButton>
              {mayImport ? importButton : null}
            </>
          )
        }
      />
      {datasets.length === 0 ? (
        <EmptyState
          icon={<Database aria-hidden size={24} strokeWidth={1.5} />}
          title="No dataset yet"
          text={
            mayImport
              ? "Import CheXpert, covid-chestxray or DICOM: from a folder on the server, or upload an archive."
              : "A scientist or an administrator imports one; then its films and labels stand here."
          }
          action={mayImport ? importButton : undefined}
        />
      ) : (
        <Card>
          <DataTable label="Datasets" columns={columns} rows={datasets.map(rowOf)} />
        </Card>
      )}
    </div>
  );
}

function totals(datasets: readonly DatasetSummary[]): string {
  const sum = (key: "images" | "patients") =>
    datasets.reduce((total, dataset) => total + dataset[key], 0).toLocaleString("en-US");
  const count = datasets.length === 1 ? "1 dataset" : `${datasets.length} datasets`;
  return `${sum("images")} images of ${sum("patients")} patients in ${count}`;
}

function rowOf(row: DatasetSummary) {
  const { dataset, format, images, films, patients, studies, version, lastImport } = row;
  const counts = { images, films, patients, studies, version };
  const shown = Object.entries(counts).map(([key, count]) => [key, count.toLocaleString("en-US")]);
  return {
    key: dataset,
    href: `/datasets/${encodeURIComponent(dataset)}`,
    cells: {
      dataset,
      format: formatWords(format),
      ...Object.fromEntries(shown),
      imported: lastImport ? (
        <>
          <RelativeTime at={lastImport.at} />
          {lastImport.status === "done" ? null : <span className="text-leak"> {lastImport.status}</span>}
        </>
      ) : (
        "–"
      ),
    },
    sort: { dataset, format, ...counts, imported: lastImport?.at ?? null },
  };
}
