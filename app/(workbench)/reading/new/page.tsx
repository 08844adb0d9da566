import type { Metadata } from "next";
import { Card } from "@/app/_components/card";
import { PageHeader } from "@/app/_components/page-header";
import { requirePermission } from "@/app/_session/session";
import { may } from "@/server/auth/actor";
import { valueOrThrow } from "@/server/auth/command";
import { listCohorts } from "@/server/cohorts/queries";
import { listDatasets } from "@/server/datasets/queries";
import { filtersOfSearch, searchOfFilters } from "@/server/images/browse/search";
import { vocabulary } from "@/server/labels/vocabulary";
import { listRuns } from "@/server/training/queries";
import { WorklistForm } from "./worklist-form";

export const metadata: Metadata = { title: "New worklist" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** With filters in the address (from the images page) they decide which studies; else a kind does. */
export default async function NewWorklistPage({ searchParams }: Props) {
  const person = await requirePermission("worklists.manage");
  const filters = searchOfFilters(filtersOfSearch(await searchParams));
  const [{ datasets }, findings, cohorts, runs] = await Promise.all([
    listDatasets(person, {}).then(valueOrThrow),
    vocabulary(),
    may(person, "cohorts.view") ? listCohorts(person, {}).then(valueOrThrow) : { rows: [] },
    may(person, "training.view")
      ? listRuns(person, { finished: true, limit: 50 }).then(valueOrThrow)
      : { rows: [] },
  ]);
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        title="New worklist"
        sub="A question with an order: which studies are read, by how many, blind or open."
      />
      <Card className="max-w-[560px]">
        <WorklistForm
          filters={filters}
          datasets={datasets.map(({ dataset }) => dataset)}
          findings={findings.map(({ name }) => name)}
          cohorts={cohorts.rows.map(({ id, name }) => ({ id, name }))}
          runs={runs.rows.map(({ id, split, classes }) => ({ id, split, classes }))}
        />
      </Card>
    </div>
  );
}
