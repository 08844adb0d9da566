import type { Metadata } from "next";
import { Breadcrumbs } from "@/app/_components/breadcrumbs";
import { Card } from "@/app/_components/card";
import { PageHeader } from "@/app/_components/page-header";
import { requirePermission } from "@/app/_session/session";
import { may } from "@/server/auth/actor";
import { offered, vocabulary } from "@/server/labels/vocabulary";
import { LabelTabs } from "../label-tabs";
import { FindingEditor } from "./finding-editor";
import { FindingsTable } from "./findings-table";

export const metadata: Metadata = { title: "Vocabulary" };

/** The findings that labels are made of: what they are shown as, their letters, what is a kind of what. */
export default async function VocabularyPage() {
  const person = await requirePermission("labels.view");
  const findings = await vocabulary();
  const manages = may(person, "vocabulary.manage");
  const retired = findings.length - offered(findings).length;
  return (
    <div className="flex flex-col gap-4">
      <Breadcrumbs crumbs={[{ label: "Vocabulary" }]} />
      <PageHeader
        title="Vocabulary"
        sub={`${offered(findings).length} findings are offered to readers${retired > 0 ? `, ${retired} retired` : ""}`}
        actions={manages ? <FindingEditor findings={findings} finding={null} /> : undefined}
      />
      <LabelTabs />
      <Card>
        <FindingsTable findings={findings} manages={manages} />
        {manages ? null : <p className="mt-3 text-dim">An administrator changes it.</p>}
      </Card>
    </div>
  );
}
