import type { Metadata } from "next";
import { Breadcrumbs } from "@/app/_components/breadcrumbs";
import { Card } from "@/app/_components/card";
import { Chip } from "@/app/_components/chip";
import { Notice } from "@/app/_components/notice";
import { PageHeader } from "@/app/_components/page-header";
import { percent } from "@/app/_components/share";
import { requirePermission } from "@/app/_session/session";
import { valueOrThrow } from "@/server/auth/command";
import { labelDifferences } from "@/server/labels/differences";
import { differingStudies } from "@/server/labels/differing-studies";
import { listLabelSets } from "@/server/labels/queries";
import type { LabelDifferences } from "@/server/labels/schema";
import { LabelTabs } from "../label-tabs";
import { StateChange } from "../state-change";
import { type DifferencesSearch, differencesOfSearch, searchOfDifferences } from "./search";
import { SidesForm } from "./sides-form";
import { StudiesTable } from "./studies-table";
import { TransitionsTable } from "./transitions-table";

export const metadata: Metadata = { title: "Differences between labels" };

type Props = { searchParams: Promise<Record<string, string | undefined>> };

/** What changed between two states of the labels: counts per finding and change, and the studies behind them. */
export default async function DifferencesPage({ searchParams }: Props) {
  const person = await requirePermission("labels.view");
  const search = differencesOfSearch(await searchParams);
  const { from, to, finding, change, after } = search;
  const only = finding === undefined ? undefined : { finding, ...change };
  const [found, list, sets] = await Promise.all([
    labelDifferences(person, { from, to }),
    differingStudies(person, { from, to, only, after, limit: 30 }),
    listLabelSets(person, { limit: 200 }).then(valueOrThrow),
  ]);
  return (
    <div className="flex flex-col gap-4">
      <Breadcrumbs crumbs={[{ label: "Differences" }]} />
      <PageHeader
        title="Differences between labels"
        sub={found.ok ? headline(found.value) : "One of the two is not there."}
      />
      <LabelTabs />
      <SidesForm from={from} to={to} sets={sets.rows} />
      {found.ok && list.ok ? (
        <div className="grid items-start gap-4 xl:grid-cols-2">
          <Card title="Per finding" aside="images; a press narrows the list of studies">
            <TransitionsTable differences={found.value} search={search} />
          </Card>
          <Card title="Studies" aside={<Narrowed search={search} differences={found.value} />}>
            <StudiesTable {...list.value} search={search} />
          </Card>
        </div>
      ) : (
        <Notice tone="error" title={found.ok ? "" : found.message} />
      )}
    </div>
  );
}

function headline({ from, to, images, common, onlyFrom, onlyTo }: LabelDifferences): string {
  const number = (count: number) => count.toLocaleString("en-US");
  const apart = [
    onlyFrom > 0 ? `${number(onlyFrom)} only in ${from}` : "",
    onlyTo > 0 ? `${number(onlyTo)} only in ${to}` : "",
  ].filter((text) => text !== "");
  const share = `${number(images)} of ${number(common)} images (${percent(images, Math.max(1, common))})`;
  return [`${share} are labelled otherwise in ${to} than in ${from}`, ...apart].join(" · ");
}

function Narrowed({ search, differences }: { search: DifferencesSearch; differences: LabelDifferences }) {
  const name = differences.findings.find(({ position }) => position === search.finding)?.name;
  if (name === undefined) return "in the order of import";
  return (
    <span className="inline-flex items-center gap-2">
      {name}
      {search.change ? <StateChange {...search.change} /> : null}
      <Chip href={searchOfDifferences({ from: search.from, to: search.to })}>all findings</Chip>
    </span>
  );
}
