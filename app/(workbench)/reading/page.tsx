import { ScanEye } from "lucide-react";
import type { Metadata } from "next";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { DataTable, type TableColumn } from "@/app/_components/data-table";
import { EmptyState } from "@/app/_components/empty-state";
import { PageHeader } from "@/app/_components/page-header";
import { Progress } from "@/app/_components/progress";
import { requirePermission } from "@/app/_session/session";
import { may } from "@/server/auth/actor";
import { valueOrThrow } from "@/server/auth/command";
import { listWorklists } from "@/server/reading/queries";
import type { WorklistRow } from "@/server/reading/schema";
import { kindWords } from "./words";

export const metadata: Metadata = { title: "Reading" };

const columns: readonly TableColumn[] = [
  { key: "name", title: "Worklist" },
  { key: "kind", title: "Kind" },
  { key: "progress", title: "Read", width: "200px" },
  { key: "mine", title: "Left for me", number: true },
  { key: "reads", title: "Reads each", number: true },
  { key: "aside", title: "Skipped, flagged", number: true },
  { key: "readers", title: "Readers", number: true },
  { key: "status", title: "Status" },
  { key: "do", title: "" },
];

type Props = { searchParams: Promise<{ before?: string }> };

export default async function ReadingPage({ searchParams }: Props) {
  const person = await requirePermission("worklists.view");
  const before = Number((await searchParams).before) || undefined;
  const { rows, next } = valueOrThrow(await listWorklists(person, { before }));
  const mayRead = may(person, "reading.read");
  const mayMake = may(person, "worklists.manage");
  const make = (
    <LinkButton href="/reading/new" variant="primary">
      New worklist
    </LinkButton>
  );
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        title="Reading"
        sub={rows.length === 0 ? undefined : `${rows.length} worklists`}
        actions={mayMake && rows.length > 0 ? make : undefined}
      />
      {rows.length === 0 ? (
        <EmptyState
          icon={<ScanEye aria-hidden size={24} strokeWidth={1.5} />}
          title="No worklist yet"
          text={
            mayMake
              ? "A worklist is a question with an order: the uncertain studies first, a model's errors, a random sample."
              : "An adjudicator or a scientist makes one; then it waits for you here."
          }
          action={mayMake ? make : undefined}
        />
      ) : (
        <Card>
          <DataTable label="Worklists" columns={columns} rows={rows.map((row) => rowOf(row, mayRead))} />
          {next === null ? null : (
            <nav aria-label="Pages of worklists" className="mt-3">
              <LinkButton href={`/reading?before=${next}`}>Older</LinkButton>
            </nav>
          )}
        </Card>
      )}
    </div>
  );
}

function rowOf(row: WorklistRow, mayRead: boolean) {
  const { id, name, kind, read, studies, leftForMe, readsWanted, skipped, flagged, readers, status } = row;
  return {
    key: id,
    href: `/reading/${id}/progress`,
    cells: {
      name,
      kind: kind === null ? "–" : kindWords[kind].title,
      progress: (
        <div className="flex items-center gap-2">
          <span className="w-20 text-right tabular-nums">
            {read} of {studies}
          </span>
          <div className="w-24">
            <Progress compact label={`Read of ${name}`} done={read} total={studies} />
          </div>
        </div>
      ),
      mine: leftForMe,
      reads: readsWanted,
      aside: `${skipped}, ${flagged}`,
      readers,
      status,
      do:
        mayRead && status === "open" && leftForMe > 0 ? (
          <LinkButton href={`/reading/${id}`} size="sm">
            Read next
          </LinkButton>
        ) : null,
    },
  };
}
