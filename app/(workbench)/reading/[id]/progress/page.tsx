import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Breadcrumbs } from "@/app/_components/breadcrumbs";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { PageHeader } from "@/app/_components/page-header";
import { Progress } from "@/app/_components/progress";
import { requirePermission } from "@/app/_session/session";
import { may } from "@/server/auth/actor";
import { eligibleReaders } from "@/server/reading/chosen-readers";
import { worklistOutlook } from "@/server/reading/outlook";
import { worklistQuality } from "@/server/reading/quality";
import { showWorklist } from "@/server/reading/queries";
import { listSetAside } from "@/server/reading/set-aside";
import { StatusButton } from "../../status-button";
import { StatusWord } from "../../status-word";
import { kindWords, priorityWords } from "../../words";
import { WorklistTabs } from "../worklist-tabs";
import { EditDialog } from "./edit-dialog";
import { OutlookCard } from "./outlook-card";
import { QualityTable } from "./quality-table";
import { ReadersTable } from "./readers-table";
import { SetAsideTable } from "./set-aside-table";

export const metadata: Metadata = { title: "Worklist" };

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ skipped?: string; flagged?: string }>;
};

/** How far a worklist is, who reads it at what pace, and what readers put aside. */
export default async function WorklistPage({ params, searchParams }: Props) {
  const person = await requirePermission("worklists.view");
  const worklist = Number((await params).id);
  const manages = may(person, "worklists.manage");
  const search = await searchParams;
  const aside = (what: "skipped" | "flagged") =>
    listSetAside(person, { worklist, what, after: Number(search[what]) || undefined });
  // All at once: each of them counts, and a list may be long.
  const [shown, outlook, put, marked, quality, eligible] = await Promise.all([
    showWorklist(person, { worklist }),
    worklistOutlook(person, { worklist }),
    ...(manages
      ? ([
          aside("skipped"),
          aside("flagged"),
          worklistQuality(person, { worklist }),
          eligibleReaders(person, {}),
        ] as const)
      : []),
  ]);
  if (!shown.ok) notFound();
  const { name, kind, status, blind, readsWanted, studies, read, left, skipped, leftForMe, toAdjudicate } =
    shown.value;
  const { priority, dueOn, chosen } = shown.value;
  const facts = [
    kind === null ? null : kindWords[kind].title,
    readsWanted === 1 ? "one read each" : `${readsWanted} reads each`,
    blind ? "blind" : "open from the start",
    priority === 0 ? null : `${(priorityWords[priority] ?? "").toLowerCase()} priority`,
    chosen.length === 0 ? null : `for ${chosen.map((reader) => reader.name).join(", ")}`,
  ];
  const others = skipped === 0 ? "" : ` · ${skipped.toLocaleString("en-US")} skipped`;
  return (
    <div className="flex flex-col gap-4">
      <Breadcrumbs crumbs={[{ label: name }]} />
      <PageHeader
        title={name}
        sub={
          <span className="inline-flex flex-wrap items-center gap-x-2">
            <StatusWord status={status} /> · {facts.filter((fact) => fact !== null).join(" · ")}
          </span>
        }
        actions={
          <>
            {eligible?.ok ? (
              <EditDialog
                key={JSON.stringify([name, readsWanted, blind, priority, dueOn, chosen])}
                worklist={{
                  id: worklist,
                  name,
                  readsWanted,
                  blind,
                  priority,
                  dueOn,
                  readers: chosen.map((reader) => reader.id),
                }}
                readers={eligible.value}
              />
            ) : null}
            {manages ? <StatusButton worklist={worklist} status={status} /> : null}
            {toAdjudicate > 0 ? (
              <LinkButton href={`/reading/${worklist}/adjudicate`} prefetch={false}>
                Adjudicate {toAdjudicate.toLocaleString("en-US")}
              </LinkButton>
            ) : null}
            {may(person, "reading.read") && status === "open" && leftForMe > 0 ? (
              <LinkButton href={`/reading/${worklist}`} variant="primary" prefetch={false}>
                Read next
              </LinkButton>
            ) : null}
          </>
        }
      />
      {may(person, "labels.view") ? <WorklistTabs worklist={worklist} /> : null}
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <div className="flex flex-col gap-4">
          <Card title="Studies" aside={`${leftForMe.toLocaleString("en-US")} left for you`}>
            <Progress
              label={readsWanted === 1 ? "Read" : "With all their reads"}
              done={read}
              total={studies}
              note={`${left.toLocaleString("en-US")} left${others}`}
            />
          </Card>
          {outlook.ok ? <OutlookCard outlook={outlook.value} dueOn={dueOn} open={status === "open"} /> : null}
        </div>
        <Card title="Readers" aside="Seconds with the film up and somebody at the keys">
          <ReadersTable readers={shown.value.progress} studies={studies} />
        </Card>
      </div>
      {quality?.ok && quality.value.known !== null ? (
        <QualityTable known={quality.value.known} readers={quality.value.readers} />
      ) : null}
      {put?.ok ? <SetAsideTable what="skipped" worklist={worklist} {...put.value} /> : null}
      {marked?.ok ? <SetAsideTable what="flagged" worklist={worklist} {...marked.value} /> : null}
    </div>
  );
}
