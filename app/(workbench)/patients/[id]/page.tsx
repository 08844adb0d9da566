import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Breadcrumbs } from "@/app/_components/breadcrumbs";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { Notice } from "@/app/_components/notice";
import { PageHeader } from "@/app/_components/page-header";
import { requirePermission } from "@/app/_session/session";
import { patientTimeline } from "@/server/images/browse/patient";
import { type PatientTimeline, studyKey } from "@/server/images/browse/schema";
import { vocabulary } from "@/server/labels/vocabulary";
import { DuplicateList } from "./duplicate-list";
import { LabelGrid } from "./label-grid";
import { SplitParts } from "./split-parts";
import { TimeLine } from "./time-line";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ after?: string | string[] }>;
};

export const metadata: Metadata = { title: "Patient" };

export default async function PatientPage({ params, searchParams }: Props) {
  const person = await requirePermission("images.view");
  const { id } = await params;
  if (!/^[1-9]\d{0,14}$/.test(id)) notFound();
  const after = studyKey.safeParse((await searchParams).after).data ?? null;
  const [found, findings] = await Promise.all([
    patientTimeline(person, { id: Number(id), after }),
    vocabulary(),
  ]);
  if (!found.ok) notFound();
  const patient = found.value;
  return (
    <div className="flex flex-col gap-4">
      <Breadcrumbs
        crumbs={[
          { label: patient.dataset, href: `/datasets/${encodeURIComponent(patient.dataset)}` },
          { label: patient.patient },
        ]}
      />
      <PageHeader
        title={patient.patient}
        sub={<Summary patient={patient} />}
        actions={
          <LinkButton
            href={`/images?dataset=${encodeURIComponent(patient.dataset)}&q=${encodeURIComponent(patient.patient)}`}
          >
            Browse these images
          </LinkButton>
        }
      />
      {patient.placeholder ? (
        <Notice tone="warn" title="This id stands for nobody in particular">
          Its studies may be of many people, so it keeps no images together in a split.
        </Notice>
      ) : null}
      {patient.duplicates.length > 0 ? <DuplicateList patient={patient} /> : null}
      <Card title="Studies" aside="in order of time">
        <TimeLine studies={patient.studies} />
        <More patient={patient} entered={after !== null} />
      </Card>
      <div className="grid grid-cols-[minmax(0,1fr)_320px] items-start gap-4">
        {patient.studies.some(({ labels }) => labels !== null) ? (
          <Card title="Labels" aside="current labels, findings × studies">
            <LabelGrid studies={patient.studies} findings={findings} />
          </Card>
        ) : (
          <Notice>Labels are hidden from readers, so that reads stay blind.</Notice>
        )}
        {patient.splits ? (
          <Card title="In splits">
            <SplitParts splits={patient.splits} />
          </Card>
        ) : null}
      </div>
    </div>
  );
}

function Summary({ patient }: { patient: PatientTimeline }) {
  const { dataset, studyCount, imageCount, studies } = patient;
  const people = new Set(studies.flatMap(({ images }) => images.map(({ sex }) => sex)));
  const ages = studies.flatMap(({ images }) => images.map(({ age }) => age)).filter((age) => age !== null);
  const [youngest, oldest] = [Math.min(...ages), Math.max(...ages)];
  const facts = [
    dataset,
    people.size === 1 && !people.has("unknown") ? [...people].join("") : null,
    ages.length === 0 ? null : youngest === oldest ? `${youngest} years` : `${youngest}–${oldest} years`,
    `${imageCount.toLocaleString("en-US")} ${imageCount === 1 ? "image" : "images"} in ${studyCount.toLocaleString("en-US")} ${studyCount === 1 ? "study" : "studies"}`,
  ];
  return <>{facts.filter((fact) => fact !== null).join(" · ")}</>;
}

function More({ patient, entered }: { patient: PatientTimeline; entered: boolean }) {
  if (patient.next === null && !entered) return null;
  return (
    <nav aria-label="Studies" className="mt-3 flex gap-4">
      {entered ? (
        <Link href={`/patients/${patient.id}`} className="text-accent hover:underline">
          First studies
        </Link>
      ) : null}
      {patient.next === null ? null : (
        <Link href={`/patients/${patient.id}?after=${patient.next}`} className="text-accent hover:underline">
          Later studies
        </Link>
      )}
    </nav>
  );
}
