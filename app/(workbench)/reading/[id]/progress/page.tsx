import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { DataTable } from "@/app/_components/data-table";
import { PageHeader } from "@/app/_components/page-header";
import { Progress } from "@/app/_components/progress";
import { requirePermission } from "@/app/_session/session";
import { may } from "@/server/auth/actor";
import { showWorklist } from "@/server/reading/queries";
import { listSetAside } from "@/server/reading/set-aside";
import { kindWords } from "../../words";
import { SetAsideTable } from "./set-aside-table";
import { StatusButtons } from "./status-buttons";

export const metadata: Metadata = { title: "Worklist" };

export default async function WorklistPage({ params }: { params: Promise<{ id: string }> }) {
  const person = await requirePermission("worklists.view");
  const worklist = Number((await params).id);
  const shown = await showWorklist(person, { worklist });
  if (!shown.ok) notFound();
  const { name, kind, status, blind, readsWanted, studies, read, leftForMe, progress } = shown.value;
  const manages = may(person, "worklists.manage");
  const aside = manages
    ? await Promise.all(
        (["skipped", "flagged"] as const).map((what) => listSetAside(person, { worklist, what })),
      )
    : [];
  const reads = readsWanted === 1 ? "one read each" : `${readsWanted} reads each`;
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        title={name}
        sub={`${kind === null ? "" : `${kindWords[kind].title} · `}${reads} · ${blind ? "blind" : "open"} · ${status}`}
        actions={
          <>
            {manages ? <StatusButtons worklist={worklist} status={status} /> : null}
            {may(person, "reading.read") && status === "open" && leftForMe > 0 ? (
              <LinkButton href={`/reading/${worklist}`} variant="primary">
                Read next
              </LinkButton>
            ) : null}
          </>
        }
      />
      <Card>
        <Progress
          label="Studies with all their reads"
          done={read}
          total={studies}
          note={`${leftForMe} left for me`}
        />
      </Card>
      <Card title="Readers">
        <DataTable
          label="Readers"
          columns={[
            { key: "name", title: "Reader" },
            { key: "reads", title: "Reads", number: true },
            { key: "median", title: "Median, s", number: true },
          ]}
          rows={progress.map((one) => ({
            key: one.reader,
            cells: { name: one.name, reads: one.reads, median: one.medianSeconds.toFixed(0) },
          }))}
          empty="Nobody has read a study of it yet."
        />
      </Card>
      {aside.map((list, at) =>
        list.ok ? (
          <SetAsideTable
            key={at === 0 ? "skipped" : "flagged"}
            what={at === 0 ? "skipped" : "flagged"}
            worklist={worklist}
            rows={list.value.rows}
          />
        ) : null,
      )}
    </div>
  );
}
