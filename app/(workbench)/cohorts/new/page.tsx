import type { Metadata } from "next";
import { Breadcrumbs } from "@/app/_components/breadcrumbs";
import { PageHeader } from "@/app/_components/page-header";
import { TabsNav } from "@/app/_components/tabs-nav";
import { requirePermission } from "@/app/_session/session";
import { valueOrThrow } from "@/server/auth/command";
import { countImages } from "@/server/images/browse/queries";
import { filtersOfSearch, searchOfFilters } from "@/server/images/browse/search";
import { listLabelSets } from "@/server/labels/queries";
import { vocabulary } from "@/server/labels/vocabulary";
import { type FirstRule, firstRule } from "./first-rule";
import { RuleForm } from "./rule-form";
import { TableForm } from "./table-form";

export const metadata: Metadata = { title: "New cohort" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** From a table, or by rule; with filters in the address (from the images page) by rule, and they are its first class. */
export default async function NewCohortPage({ searchParams }: Props) {
  const person = await requirePermission("cohorts.manage");
  const params = await searchParams;
  const filters = filtersOfSearch(params);
  const query = searchOfFilters(filters);
  const byRule = params.from === "rule" || (params.from !== "table" && query !== "");
  const rule = `/cohorts/new?${new URLSearchParams([["from", "rule"], ...new URLSearchParams(query)])}`;
  return (
    <div className="flex flex-col gap-4">
      <Breadcrumbs crumbs={[{ label: "New cohort" }]} />
      <PageHeader
        title="New cohort"
        sub="Which images are in, and in which class. It never changes afterwards."
      />
      <TabsNav
        label="Ways to make a cohort"
        current={byRule ? rule : "/cohorts/new?from=table"}
        tabs={[
          { href: "/cohorts/new?from=table", label: "From a table" },
          { href: rule, label: "By rule" },
        ]}
      />
      {byRule ? <ByRule first={firstRule(params, filters)} person={person} /> : <TableForm />}
    </div>
  );
}

async function ByRule({
  first,
  person,
}: {
  first: FirstRule;
  person: Awaited<ReturnType<typeof requirePermission>>;
}) {
  const [counts, findings, sets] = await Promise.all([
    countImages(person, {}).then(valueOrThrow),
    vocabulary(),
    listLabelSets(person, { limit: 200 }).then(valueOrThrow),
  ]);
  return (
    <RuleForm
      first={first}
      choices={{
        datasets: counts.facets.datasets.map((one) => one.value),
        views: counts.facets.views.map((one) => one.value),
        findings: findings.map((one) => one.name),
        labelSets: sets.rows.map((one) => one.name),
      }}
    />
  );
}
