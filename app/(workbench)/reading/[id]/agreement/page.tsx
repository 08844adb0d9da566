import { Scale } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Breadcrumbs } from "@/app/_components/breadcrumbs";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { Chip } from "@/app/_components/chip";
import { EmptyState } from "@/app/_components/empty-state";
import { PageHeader } from "@/app/_components/page-header";
import { requirePermission } from "@/app/_session/session";
import { worklistAgreement } from "@/server/reading/agreement";
import { agreementPolicies, agreementPolicyNames } from "@/server/reading/agreement-policy";
import { WorklistTabs } from "../worklist-tabs";
import { AgainstConsensus } from "./against-consensus";
import { choicesOf, hrefWith, type Search } from "./choices";
import { comparedFor } from "./compared";
import { FindingsTable } from "./findings-table";
import { ReadersBeside } from "./readers-beside";

export const metadata: Metadata = { title: "Agreement" };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Search> };

/** How far the readers of a worklist agree, and each of them and a model against their consensus. */
export default async function AgreementPage({ params, searchParams }: Props) {
  const person = await requirePermission("labels.view");
  const worklist = Number((await params).id);
  const choices = choicesOf(await searchParams);
  const shown = await worklistAgreement(person, { worklist, policy: choices.policy });
  if (!shown.ok) notFound();
  const { worklist: list, studies, reads, readers, findings, draws, fourStates, policy } = shown.value;
  const beside = readers < 2 ? null : await comparedFor(person, worklist, choices, findings);
  const count = (value: number, one: string, many: string) =>
    `${value.toLocaleString("en-US")} ${value === 1 ? one : many}`;
  return (
    <div className="flex flex-col gap-4">
      <Breadcrumbs crumbs={[{ label: list.name }]} />
      <PageHeader
        title={list.name}
        sub={`${count(reads, "read", "reads")} of ${count(studies, "study", "studies")} by ${count(readers, "reader", "readers")}`}
      />
      <WorklistTabs worklist={worklist} />
      {readers < 2 ? (
        <EmptyState
          icon={<Scale aria-hidden size={24} strokeWidth={1.5} />}
          title="Nobody to agree with yet"
          text="Agreement shows how far readers of the same studies say the same. It needs two readers: a worklist with two reads a study, or reads made elsewhere and imported."
          action={<LinkButton href={`/reading/${worklist}/progress`}>See how far it is</LinkButton>}
        />
      ) : (
        <>
          <div className="flex flex-wrap items-center gap-2">
            {agreementPolicyNames.map((name) => (
              <Chip
                key={name}
                href={hrefWith(worklist, { ...choices, policy: name })}
                selected={name === choices.policy}
              >
                {agreementPolicies[name].title}
              </Chip>
            ))}
            <span className="text-dim">
              {policy.words} {fourStates}
            </span>
          </div>
          <Card
            title="Agreement per finding"
            aside={`95% intervals by ${draws.toLocaleString("en-US")} draws of patients`}
          >
            <FindingsTable findings={findings} />
          </Card>
          {beside ? <ReadersBeside compared={beside.compared} /> : null}
          {beside ? <AgainstConsensus worklist={worklist} choices={choices} {...beside} /> : null}
        </>
      )}
    </div>
  );
}
