import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Breadcrumbs } from "@/app/_components/breadcrumbs";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { EmptyState } from "@/app/_components/empty-state";
import { PageHeader } from "@/app/_components/page-header";
import { RelativeTime } from "@/app/_components/relative-time";
import { Share } from "@/app/_components/share";
import { requirePermission } from "@/app/_session/session";
import { may } from "@/server/auth/actor";
import type { DatasetDetail } from "@/server/datasets/browse/schema";
import { showDataset } from "@/server/datasets/queries";
import { formatWords } from "../format-words";
import { AgeChart } from "./age-chart";
import { FindingChart } from "./finding-chart";
import { ValueBars } from "./value-bars";

type Props = { params: Promise<{ name: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function DatasetPage({ params }: Props) {
  const person = await requirePermission("datasets.view");
  const shown = await showDataset(person, { name: decodeURIComponent((await params).name) });
  if (!shown.ok) notFound();
  const dataset = shown.value;
  const browse = `/images?dataset=${encodeURIComponent(dataset.dataset)}`;
  const seesLabels = may(person, "labels.view");
  const isDicom = dataset.format === "dicom";
  return (
    <div className="flex flex-col gap-4">
      <Breadcrumbs crumbs={[{ label: dataset.dataset }]} />
      <PageHeader
        title={dataset.dataset}
        sub={<Summary dataset={dataset} />}
        actions={
          <>
            {may(person, "datasets.import") ? (
              <LinkButton href="/datasets/import">Import again</LinkButton>
            ) : null}
            <LinkButton href={browse} variant="primary">
              Browse images
            </LinkButton>
          </>
        }
      />
      {dataset.images === 0 ? (
        <EmptyState
          title="No images in it"
          text={
            isDicom
              ? "No film of it was taken so far: those that may carry burned-in text wait in quarantine, and the import's report tells why others were refused."
              : "Every row of its last import was rejected. The import's report tells why, row by row."
          }
          action={
            isDicom && may(person, "quarantine.decide") ? (
              <LinkButton href="/datasets/quarantine">Open quarantine</LinkButton>
            ) : (
              <LinkButton href="/datasets/import">Open imports</LinkButton>
            )
          }
        />
      ) : (
        <>
          <Facts dataset={dataset} />
          <Card
            title="Findings"
            aside={
              // The chart's own button stands at the very right.
              <span className="pr-7">
                by current labels{seesLabels ? " · press a bar for its images" : ""}
              </span>
            }
          >
            <FindingChart findings={dataset.findings} browse={seesLabels ? browse : null} />
          </Card>
          <div className="grid grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)] gap-4">
            <Card title="Age" aside={<span className="pr-7">images per ten years</span>}>
              <AgeChart ages={dataset.ages} browse={browse} />
            </Card>
            <Card title="Sex">
              <ValueBars
                total={dataset.images}
                rows={dataset.sexes.map(({ value, images }) => ({
                  words: { F: "Female", M: "Male", unknown: "Unknown" }[value],
                  images,
                  href: `${browse}&sex=${value}`,
                }))}
              />
            </Card>
            <Card title="View">
              <ValueBars
                total={dataset.images}
                rows={dataset.views.map(({ value, images }) => ({
                  words: value,
                  images,
                  href: `${browse}&view=${encodeURIComponent(value)}`,
                }))}
              />
            </Card>
          </div>
        </>
      )}
    </div>
  );
}

function Summary({ dataset }: { dataset: DatasetDetail }) {
  const { format, version, lastImport, createdBy } = dataset;
  return (
    <>
      {formatWords(format)} · version {version} ·{" "}
      {lastImport ? (
        <>
          imported <RelativeTime at={lastImport.at} /> by {lastImport.startedBy}
        </>
      ) : (
        <>
          made <RelativeTime at={dataset.createdAt} /> by {createdBy}
        </>
      )}
    </>
  );
}

function Facts({ dataset }: { dataset: DatasetDetail }) {
  const { images, films, patients, studies, readImages } = dataset;
  const facts = [
    { name: "Images", value: images.toLocaleString("en-US") },
    { name: "Patients", value: patients.toLocaleString("en-US") },
    { name: "Studies", value: studies.toLocaleString("en-US") },
    { name: "Films here", value: <Share count={films} total={images} /> },
    { name: "Images read", value: <Share count={readImages} total={images} /> },
  ];
  return (
    <dl className="grid grid-cols-5 gap-px overflow-hidden rounded-[10px] border border-line bg-line">
      {facts.map(({ name, value }) => (
        <div key={name} className="bg-panel px-4 py-3">
          <dt className="text-[12px] text-dim">{name}</dt>
          <dd className="font-semibold text-[15px] tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
