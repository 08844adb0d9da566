import type { Metadata } from "next";
import { Breadcrumbs } from "@/app/_components/breadcrumbs";
import { PageHeader } from "@/app/_components/page-header";
import { requirePermission } from "@/app/_session/session";
import { may } from "@/server/auth/actor";
import { valueOrThrow } from "@/server/auth/command";
import { listCohorts } from "@/server/cohorts/queries";
import { listDatasets } from "@/server/datasets/queries";
import { filtersOfSearch, searchOfFilters } from "@/server/images/browse/search";
import { offered, vocabulary } from "@/server/labels/vocabulary";
import { eligibleReaders } from "@/server/reading/chosen-readers";
import { labelErrorChecks } from "@/server/training/checks/queries";
import { listRuns } from "@/server/training/queries";
import { formKinds } from "./form-kinds";
import type { Choices } from "./kind-fields";
import { WorklistForm } from "./worklist-form";

export const metadata: Metadata = { title: "New worklist" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** With filters in the address (from the images page) they decide which studies; else a kind does. */
export default async function NewWorklistPage({ searchParams }: Props) {
  const person = await requirePermission("worklists.manage");
  const search = await searchParams;
  const filters = searchOfFilters(filtersOfSearch(search));
  const [{ datasets }, findings, readers, cohorts, runs, checks] = await Promise.all([
    listDatasets(person, {}).then(valueOrThrow),
    vocabulary().then(offered),
    eligibleReaders(person, {}).then(valueOrThrow),
    may(person, "cohorts.view") ? listCohorts(person, {}).then(valueOrThrow) : { rows: [] },
    may(person, "training.view")
      ? listRuns(person, { finished: true, limit: 50 }).then(valueOrThrow)
      : { rows: [] },
    may(person, "training.view") ? labelErrorChecks(person, {}).then(valueOrThrow) : [],
  ]);
  const choices = {
    findings: findings.map(({ name }) => name),
    cohorts: cohorts.rows.map(({ id, name }) => ({ id, name })),
    runs: runs.rows.map(({ id, split, classes }) => ({ id, split, classes })),
    checks,
  };
  return (
    <div className="flex flex-col gap-4">
      <Breadcrumbs crumbs={[{ label: "New worklist" }]} />
      <PageHeader
        title="New worklist"
        sub="A question with an order: which studies are read, by how many, blind or open."
      />
      <WorklistForm
        filters={filters}
        datasets={datasets.map(({ dataset }) => dataset)}
        choices={choices}
        readers={readers}
        first={firstOf(search, choices)}
      />
    </div>
  );
}

/** What the address chooses: `?kind=misclassified&run=3`, from a run's page. What is not there chooses nothing. */
function firstOf(search: Awaited<Props["searchParams"]>, { runs, cohorts, checks }: Choices) {
  const kind = formKinds.find((one) => one === search.kind) ?? "uncertain-first";
  const among = (rows: readonly { id: number }[], id: unknown) =>
    rows.some((row) => String(row.id) === id) ? String(id) : undefined;
  return {
    kind,
    run: among(runs, search.run),
    cohort: among(cohorts, search.cohort),
    check: among(checks, search.check),
  };
}
