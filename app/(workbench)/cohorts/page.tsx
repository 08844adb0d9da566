import type { Metadata } from "next";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { EmptyState } from "@/app/_components/empty-state";
import { PageHeader } from "@/app/_components/page-header";
import { requirePermission } from "@/app/_session/session";
import { may } from "@/server/auth/actor";
import { valueOrThrow } from "@/server/auth/command";
import { listCohorts } from "@/server/cohorts/queries";
import { splitsOfCohorts } from "@/server/splits/queries";
import { CohortTable } from "./cohort-table";

export const metadata: Metadata = { title: "Cohorts & splits" };

type Props = { searchParams: Promise<{ after?: string }> };

export default async function CohortsPage({ searchParams }: Props) {
  const person = await requirePermission("cohorts.view");
  const asked = (await searchParams).after;
  const after = asked !== undefined && /^[1-9]\d{0,14}$/.test(asked) ? Number(asked) : undefined;
  const { rows, next } = valueOrThrow(await listCohorts(person, { after }));
  const splits = valueOrThrow(await splitsOfCohorts(person, { cohorts: rows.map((row) => row.id) }));
  const leaking = splits.filter((split) => split.audit.leaks.groups > 0).length;
  const create = may(person, "cohorts.manage") ? (
    <LinkButton href="/cohorts/new" variant="primary">
      New cohort
    </LinkButton>
  ) : undefined;
  if (rows.length === 0 && after === undefined) {
    return (
      <EmptyState
        title="No cohort yet"
        text="A cohort says which images are in and in which class: from a table, or by a rule over findings, views and patients. Splits for training are made from it."
        action={create}
      />
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        title="Cohorts & splits"
        sub={`${count(rows.length, "cohort")}, ${count(splits.length, "split")}${leaking > 0 ? `, ${leaking} of them leaking` : ""}`}
        actions={create}
      />
      <Card>
        <CohortTable cohorts={rows} splits={splits} />
        {after !== undefined || next !== null ? (
          <nav aria-label="Pages of cohorts" className="mt-3 flex justify-between">
            {after === undefined ? <span /> : <LinkButton href="/cohorts">First page</LinkButton>}
            {next === null ? null : <LinkButton href={`/cohorts?after=${next}`}>Next page</LinkButton>}
          </nav>
        ) : null}
      </Card>
    </div>
  );
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
