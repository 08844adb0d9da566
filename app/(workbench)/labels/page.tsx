import type { Metadata } from "next";
import { Card } from "@/app/_components/card";
import { PageHeader } from "@/app/_components/page-header";
import { requirePermission } from "@/app/_session/session";
import { may } from "@/server/auth/actor";
import { valueOrThrow } from "@/server/auth/command";
import { labelChanges } from "@/server/labels/changes";
import { labelCounts, listLabelSets } from "@/server/labels/queries";
import { ChangesTable } from "./changes-table";
import { CountsTable } from "./counts-table";
import { FreezeForm } from "./freeze-form";
import { LabelSetsTable } from "./label-sets-table";
import { LabelTabs } from "./label-tabs";
import { RuleCard } from "./rule-card";

export const metadata: Metadata = { title: "Labels" };

type Props = { searchParams: Promise<{ sets?: string; changes?: string }> };

/** What stands as the label of every image and why, what was frozen, and what reads changed. */
export default async function LabelsPage({ searchParams }: Props) {
  const person = await requirePermission("labels.view");
  const search = await searchParams;
  const key = (text: string | undefined) => Number(text) || undefined;
  const [counts, sets, changes] = await Promise.all([
    labelCounts(person, {}).then(valueOrThrow),
    listLabelSets(person, { before: key(search.sets), limit: 20 }).then(valueOrThrow),
    labelChanges(person, { before: key(search.changes), limit: 30 }).then(valueOrThrow),
  ]);
  const read = counts.images - counts.origins.source;
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        title="Labels"
        sub={`Current labels of ${counts.images.toLocaleString("en-US")} images, ${read.toLocaleString("en-US")} of them read here`}
      />
      <LabelTabs />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_21rem] 2xl:grid-cols-[minmax(0,1.35fr)_minmax(0,1fr)]">
        <Card title="Per finding" aside="images; in brackets those that somebody read">
          <CountsTable findings={counts.findings} images={counts.images} />
        </Card>
        <div className="flex flex-col gap-4">
          <RuleCard origins={counts.origins} />
          <Card title="Label sets" aside="All current labels under a name; never changed afterwards">
            {may(person, "labels.freeze") ? <FreezeForm /> : null}
            <LabelSetsTable {...sets} exports={may(person, "labels.export")} />
          </Card>
        </div>
      </div>
      <Card title="What reads changed" aside="source → read, newest first">
        <ChangesTable {...changes} />
      </Card>
    </div>
  );
}
