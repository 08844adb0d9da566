import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Breadcrumbs } from "@/app/_components/breadcrumbs";
import { Card } from "@/app/_components/card";
import { Notice } from "@/app/_components/notice";
import { PageHeader } from "@/app/_components/page-header";
import { requirePermission } from "@/app/_session/session";
import { may } from "@/server/auth/actor";
import { valueOrThrow } from "@/server/auth/command";
import { showCohort } from "@/server/cohorts/queries";
import { tellsTheClass } from "@/server/cohorts/rules";
import type { CohortDetail } from "@/server/cohorts/schema";
import { labelPolicy, policyWords } from "@/server/labels/policy";
import { splitsOfCohorts } from "@/server/splits/queries";
import { cohortChecks } from "@/server/training/checks/queries";
import { checkBases } from "@/server/training/choices";
import { LabelErrorsCard } from "../_checks/label-errors-card";
import { ShortcutNotice } from "../_checks/shortcut-notice";
import { ShortcutsCard } from "../_checks/shortcuts-card";
import { UnmatchedRows } from "../unmatched-rows";
import { ClassTable } from "./class-table";
import { CompositionChart } from "./composition-chart";
import { SplitForm } from "./split-form";
import { SplitTable } from "./split-table";

export const metadata: Metadata = { title: "Cohort" };

type Props = { params: Promise<{ id: string }> };

export default async function CohortPage({ params }: Props) {
  const person = await requirePermission("cohorts.view");
  const { id } = await params;
  if (!/^\d{1,15}$/.test(id)) notFound();
  const found = await showCohort(person, { cohort: Number(id) });
  if (!found.ok) notFound();
  const cohort = found.value;
  const [splits, { shortcuts, labelErrors }, bases] = await Promise.all([
    splitsOfCohorts(person, { cohorts: [cohort.id] }).then(valueOrThrow),
    cohortChecks(person, { cohort: cohort.id }).then(valueOrThrow),
    checkBases(person, {}).then(valueOrThrow),
  ]);
  const { classes, composition, unmatched } = cohort;
  return (
    <div className="flex flex-col gap-4">
      <Breadcrumbs crumbs={[{ label: cohort.name }]} />
      <PageHeader title={cohort.name} sub={subOf(cohort)} />
      {shortcuts?.result ? <ShortcutNotice check={shortcuts} /> : <Shortcut cohort={cohort} />}
      <div className="grid items-start gap-4 lg:grid-cols-[1fr_360px]">
        <div className="flex min-w-0 flex-col gap-4">
          <Card title="Splits" aside={splits.length === 0 ? undefined : `${splits.length}`}>
            <SplitTable splits={splits} classes={classes} />
          </Card>
          <ShortcutsCard
            check={shortcuts}
            cohort={cohort.id}
            bases={bases}
            mayStart={may(person, "training.launch")}
          />
          <LabelErrorsCard
            check={labelErrors}
            cohort={cohort.id}
            bases={bases}
            mayStart={may(person, "training.launch")}
            mayList={may(person, "worklists.manage")}
          />
          <div className="grid gap-4 xl:grid-cols-2">
            <Card title="Sources">
              <CompositionChart what="source" counts={composition.sources} classes={classes} />
            </Card>
            <Card title="Views">
              <CompositionChart what="view" counts={composition.views} classes={classes} />
            </Card>
          </div>
          {unmatched.count > 0 ? (
            <Card title={`${unmatched.count.toLocaleString("en-US")} rows of the table were left out`}>
              <UnmatchedRows unmatched={unmatched} />
            </Card>
          ) : null}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Card title="Classes">
            <ClassTable composition={composition} order={classes} images={cohort.images} />
          </Card>
          {may(person, "splits.manage") ? (
            <Card title={<span id="new-split">New split</span>}>
              <SplitForm cohort={{ id: cohort.id, name: cohort.name }} />
            </Card>
          ) : null}
        </div>
      </div>
    </div>
  );
}

function subOf(cohort: CohortDetail): string {
  const from =
    cohort.source === "csv"
      ? "from a table"
      : `by rule on ${cohort.labelSet === null ? "the current labels" : `the labels “${cohort.labelSet}”`}`;
  const policy = labelPolicy.safeParse(cohort.rule.policy);
  const under = policy.success ? ` under ${policyWords(policy.data)}` : "";
  const absent = cohort.composition.filmsAbsent;
  const films = absent === 0 ? "" : ` · ${absent.toLocaleString("en-US")} without a film here`;
  return `${cohort.images.toLocaleString("en-US")} images · ${cohort.patients.toLocaleString("en-US")} patients${films} · ${from}${under} by ${cohort.createdBy}`;
}

/** Said before any model is trained: the class can be told without the lung. */
function Shortcut({ cohort }: { cohort: CohortDetail }) {
  const { sources, views } = cohort.composition;
  const by = tellsTheClass(sources) ? "source" : tellsTheClass(views) ? "view" : null;
  if (by === null) return null;
  return (
    <Notice tone="warn" title={`The ${by} alone tells the class`}>
      No {by} has images of two classes, so a model can be right by what is peculiar to the {by} and never
      look at the lung.
    </Notice>
  );
}
