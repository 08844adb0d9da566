import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Breadcrumbs } from "@/app/_components/breadcrumbs";
import { Card } from "@/app/_components/card";
import { requirePermission } from "@/app/_session/session";
import { may } from "@/server/auth/actor";
import { valueOrThrow } from "@/server/auth/command";
import { auditSplit } from "@/server/integrity/audit";
import { leakCost } from "@/server/integrity/cost";
import { leakPairs } from "@/server/integrity/queries";
import { showSplit, splitsOfCohorts } from "@/server/splits/queries";
import { mendedName } from "@/server/splits/rules";
import { cohortChecks } from "@/server/training/checks/queries";
import { checkBases } from "@/server/training/choices";
import { ShortcutNotice } from "../../cohorts/_checks/shortcut-notice";
import { SiblingsCard } from "../../cohorts/_checks/siblings-card";
import { CostCard } from "./cost-card";
import { HeadlineCard } from "./headline-card";
import { leakSearchOf } from "./leak-search";
import { Leaks } from "./leaks";
import { MendedFrom, MendedTwin } from "./mending";
import { PartsTable } from "./parts-table";

export const metadata: Metadata = { title: "Split" };

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function SplitPage({ params, searchParams }: Props) {
  const person = await requirePermission("splits.view");
  const { id } = await params;
  if (!/^\d{1,15}$/.test(id)) notFound();
  const audited = await auditSplit(person, { split: Number(id) });
  const shown = await showSplit(person, { split: Number(id) });
  if (!audited.ok || !shown.ok) notFound();
  const [split, audit] = [shown.value, audited.value];
  const { classes } = split.cohort;
  const search = leakSearchOf(await searchParams, audit, classes);
  const leaking = audit.parts.test.leaked + audit.parts.validation.leaked > 0;
  const [page, cost, siblings, origin, checks, bases] = await Promise.all([
    leaking ? leakPairs(person, { split: split.id, ...search }).then(valueOrThrow) : null,
    leaking ? leakCost(person, { split: split.id }).then(valueOrThrow) : null,
    splitsOfCohorts(person, { cohorts: [split.cohort.id] }).then(valueOrThrow),
    split.mendedFrom ? showSplit(person, { split: split.mendedFrom.id }).then(valueOrThrow) : null,
    cohortChecks(person, { cohort: split.cohort.id }).then(valueOrThrow),
    checkBases(person, {}).then(valueOrThrow),
  ]);
  const taken = new Set(siblings.map((one) => one.name));
  const mayTrain = may(person, "training.launch");
  return (
    <div className="flex flex-col gap-4">
      <Breadcrumbs
        crumbs={[{ label: split.cohort.name, href: `/cohorts/${split.cohort.id}` }, { label: split.name }]}
      />
      <HeadlineCard
        split={split}
        audit={audit}
        proposedName={mendedName(split.name, (name) => taken.has(name))}
        may={{ mend: may(person, "splits.manage"), train: mayTrain }}
      />
      <ShortcutNotice check={checks.shortcuts} href={`/cohorts/${split.cohort.id}`} />
      <MendedTwin split={split} />
      {origin ? (
        <MendedFrom split={split} audit={audit} origin={origin} />
      ) : (
        <div
          // With more than two classes the table needs the whole width.
          className={`grid items-start gap-4 ${leaking && classes.length === 2 ? "xl:grid-cols-[1.1fr_1fr]" : ""}`}
        >
          <Card title="Parts" aside="Bar: leaked into training. Tick: expected of a random split.">
            <PartsTable split={split} audit={audit} />
          </Card>
          {leaking ? <CostCard cost={cost} splitId={split.id} mayTrain={mayTrain} /> : null}
        </div>
      )}
      {leaking ? (
        <SiblingsCard check={checks.siblings} cohort={split.cohort.id} bases={bases} mayStart={mayTrain} />
      ) : null}
      {page ? <Leaks splitId={split.id} audit={audit} classes={classes} search={search} page={page} /> : null}
    </div>
  );
}
