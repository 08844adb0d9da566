import type { Metadata } from "next";
import { Breadcrumbs } from "@/app/_components/breadcrumbs";
import { Card } from "@/app/_components/card";
import { Chip } from "@/app/_components/chip";
import { Notice } from "@/app/_components/notice";
import { PageHeader } from "@/app/_components/page-header";
import { requirePermission } from "@/app/_session/session";
import { may } from "@/server/auth/actor";
import { valueOrThrow } from "@/server/auth/command";
import { blankPolicies, policyWords, uncertainPolicies } from "@/server/labels/policy";
import { labelCounts, listLabelSets } from "@/server/labels/queries";
import { LabelTabs } from "../label-tabs";
import { PolicyTable } from "./policy-table";
import { blankWords, uncertainWords } from "./policy-words";
import { policyOfSearch, searchOfPolicy } from "./search";
import { SetField } from "./set-field";

export const metadata: Metadata = { title: "Label policies" };

type Props = { searchParams: Promise<Record<string, string | undefined>> };

/** What uncertain and blank labels would count as, with what that makes of each finding, before it is used. */
export default async function PoliciesPage({ searchParams }: Props) {
  const person = await requirePermission("labels.view");
  const search = await searchParams;
  const policy = policyOfSearch(search);
  const set = search.set || undefined;
  const [counts, sets] = await Promise.all([
    labelCounts(person, { labelSet: set }),
    listLabelSets(person, { limit: 200 }).then(valueOrThrow),
  ]);
  return (
    <div className="flex flex-col gap-4">
      <Breadcrumbs crumbs={[{ label: "Policies" }]} />
      <PageHeader
        title="Label policies"
        sub="What uncertain and blank labels count as when a training set is made. No label is changed by it; a cohort keeps the one that it was made under."
      />
      <LabelTabs />
      <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
        <SetField policy={policy} set={set} sets={sets.rows.map(({ name }) => name)} />
        <div className="flex flex-col gap-1.5">
          <nav aria-label="Uncertain" className="flex flex-wrap items-center gap-1.5">
            <span className="w-16 text-dim">Uncertain</span>
            {uncertainPolicies.map((uncertain) => (
              <Chip
                key={uncertain}
                href={searchOfPolicy({ ...policy, uncertain }, set)}
                selected={uncertain === policy.uncertain}
              >
                {uncertain}
                <span className="text-dim">{uncertainWords[uncertain]}</span>
              </Chip>
            ))}
          </nav>
          <nav aria-label="Blank" className="flex flex-wrap items-center gap-1.5">
            <span className="w-16 text-dim">Blank</span>
            {blankPolicies.map((blank) => (
              <Chip
                key={blank}
                href={searchOfPolicy({ ...policy, blank }, set)}
                selected={blank === policy.blank}
              >
                {blankWords[blank]}
              </Chip>
            ))}
          </nav>
        </div>
      </div>
      {counts.ok ? (
        <Card
          title={policyWords(policy)}
          aside={`${counts.value.images.toLocaleString("en-US")} images; at the right the labels as they are`}
        >
          <PolicyTable
            counts={counts.value}
            policy={policy}
            set={set}
            makes={may(person, "cohorts.manage")}
          />
        </Card>
      ) : (
        <Notice tone="error" title={counts.message} />
      )}
    </div>
  );
}
