import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Breadcrumbs } from "@/app/_components/breadcrumbs";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { PageHeader } from "@/app/_components/page-header";
import { requirePermission } from "@/app/_session/session";
import { showWorklist } from "@/server/reading/queries";
import { worklistStudies } from "@/server/reading/worklist-studies";
import { kindWords } from "../../words";
import { WorklistTabs } from "../worklist-tabs";
import { StudiesTable } from "./studies-table";

export const metadata: Metadata = { title: "Studies of a worklist" };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ after?: string }> };

/** What stands in a worklist, in its order: each study's place and why it is there. */
export default async function WorklistStudiesPage({ params, searchParams }: Props) {
  const person = await requirePermission("worklists.manage");
  const worklist = Number((await params).id);
  const shown = await showWorklist(person, { worklist });
  if (!shown.ok) notFound();
  const after = Math.max(Math.floor(Number((await searchParams).after)) || 0, 0);
  const listed = await worklistStudies(person, { worklist, after });
  if (!listed.ok) notFound();
  const { name, kind, studies } = shown.value;
  const { rows, next } = listed.value;
  return (
    <div className="flex flex-col gap-4">
      <Breadcrumbs crumbs={[{ label: name }]} />
      <PageHeader title={name} sub={kind === null ? undefined : kindWords[kind].about} />
      <WorklistTabs worklist={worklist} />
      <Card
        title="Studies"
        aside={`${rows.length === 0 ? "none" : `${rows[0]?.place.toLocaleString("en-US")}–${rows.at(-1)?.place.toLocaleString("en-US")}`} of ${studies.toLocaleString("en-US")}`}
      >
        <StudiesTable rows={rows} />
        {next === null && after === 0 ? null : (
          <div className="mt-3 flex gap-2">
            {after > 0 ? <LinkButton href={`/reading/${worklist}/studies`}>To the first</LinkButton> : null}
            {next === null ? null : (
              <LinkButton href={`/reading/${worklist}/studies?after=${next}`}>More</LinkButton>
            )}
          </div>
        )}
      </Card>
    </div>
  );
}
