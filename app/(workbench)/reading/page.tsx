import { ScanEye } from "lucide-react";
import type { Metadata } from "next";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { EmptyState } from "@/app/_components/empty-state";
import { PageHeader } from "@/app/_components/page-header";
import { requirePermission } from "@/app/_session/session";
import { WarmViewer } from "@/app/_viewer/warm-viewer";
import { may } from "@/server/auth/actor";
import { valueOrThrow } from "@/server/auth/command";
import { listWorklists } from "@/server/reading/queries";
import { WorklistTable } from "./worklist-table";

export const metadata: Metadata = { title: "Reading" };

type Props = { searchParams: Promise<{ before?: string }> };

/** Every worklist with how far it is, and the way into its reading room. */
export default async function ReadingPage({ searchParams }: Props) {
  const person = await requirePermission("worklists.view");
  const before = Number((await searchParams).before) || undefined;
  const { rows, next } = valueOrThrow(await listWorklists(person, { before }));
  const manages = may(person, "worklists.manage");
  const left = rows.reduce((sum, row) => sum + (row.status === "open" ? row.leftForMe : 0), 0);
  const make = (
    <LinkButton href="/reading/new" variant="primary">
      New worklist
    </LinkButton>
  );
  if (rows.length === 0) {
    return (
      <div className="flex flex-col gap-4">
        <PageHeader title="Reading" />
        <EmptyState
          icon={<ScanEye aria-hidden size={24} strokeWidth={1.5} />}
          title="No worklist yet"
          text={
            manages
              ? "A worklist is a question with an order: the uncertain studies first, a model's errors, a random sample."
              : "An adjudicator or a scientist makes one; then it waits for you here."
          }
          action={manages ? make : undefined}
        />
      </div>
    );
  }
  const reads = may(person, "reading.read");
  const adjudicates = may(person, "reading.adjudicate");
  const cases = rows.reduce((sum, row) => sum + row.toAdjudicate, 0);
  return (
    <div className="flex flex-col gap-4">
      <WarmViewer />
      <PageHeader
        title="Reading"
        sub={`${rows.length} ${rows.length === 1 ? "worklist" : "worklists"}${
          reads ? ` · ${left.toLocaleString("en-US")} studies left for you` : ""
        }${adjudicates ? ` · ${cases.toLocaleString("en-US")} to adjudicate` : ""}`}
        actions={
          <>
            {reads ? <LinkButton href="/reading/keys">My keys</LinkButton> : null}
            {manages ? make : null}
          </>
        }
      />
      <Card>
        <WorklistTable rows={rows} reads={reads} manages={manages} adjudicates={adjudicates} />
        {next === null ? null : (
          <nav aria-label="Pages of worklists" className="mt-3">
            <LinkButton href={`/reading?before=${next}`}>Older worklists</LinkButton>
          </nav>
        )}
      </Card>
    </div>
  );
}
