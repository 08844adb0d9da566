import { Download } from "lucide-react";
import type { Metadata } from "next";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { EmptyState } from "@/app/_components/empty-state";
import { PageHeader } from "@/app/_components/page-header";
import { requirePermission } from "@/app/_session/session";
import { auditFacets, listAudit } from "@/server/audit/queries";
import { valueOrThrow } from "@/server/auth/command";
import { AuditFilterBar, type AuditFilters } from "./audit-filters";
import { AuditTable } from "./audit-table";
import { VerifyButton } from "./verify-button";

export const metadata: Metadata = { title: "Audit" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AuditPage({ searchParams }: Props) {
  const person = await requirePermission("audit.view");
  const asked = await searchParams;
  const word = (name: string) => {
    const value = asked[name];
    return typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, 300) : undefined;
  };
  const filters: AuditFilters = {
    action: word("action"),
    actor: word("actor"),
    objectType: word("objectType"),
    objectId: word("objectId"),
  };
  const before = Number(word("before")) || undefined;
  const [page, facets] = await Promise.all([
    listAudit(person, { ...filters, before }),
    auditFacets(person, {}),
  ]);
  const { rows, next } = valueOrThrow(page);
  const { actions, actors } = valueOrThrow(facets);
  return (
    <>
      <PageHeader
        title="Audit trail"
        sub="Who did what, when, on which object. Rows are only ever added; each holds the hash of the one before."
        actions={
          <>
            <LinkButton href="/api/audit/export" download icon={<Download aria-hidden size={14} />}>
              Export
            </LinkButton>
            <VerifyButton />
          </>
        }
      />
      <Card>
        <AuditFilterBar key={JSON.stringify(filters)} filters={filters} actions={actions} actors={actors} />
        <div className="mt-4">
          {rows.length === 0 ? (
            <EmptyState
              title="Nothing fits"
              text="No row has all of these. Clear a filter."
              action={<LinkButton href="/admin/audit">Clear filters</LinkButton>}
            />
          ) : (
            <AuditTable rows={rows} />
          )}
        </div>
        <div className="mt-3 flex items-center justify-between text-dim">
          <span>{before === undefined ? "" : <LinkButton href={pageHref(filters)}>Newest</LinkButton>}</span>
          {next === null ? null : <LinkButton href={pageHref(filters, next)}>Older</LinkButton>}
        </div>
      </Card>
    </>
  );
}

function pageHref(filters: AuditFilters, before?: number): string {
  const said = Object.entries({ ...filters, before }).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams(said.map(([key, value]) => [key, String(value)]));
  return query.size === 0 ? "/admin/audit" : `/admin/audit?${query}`;
}
