import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Breadcrumbs } from "@/app/_components/breadcrumbs";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { DataTable } from "@/app/_components/data-table";
import { PageHeader } from "@/app/_components/page-header";
import { RelativeTime } from "@/app/_components/relative-time";
import { requirePermission } from "@/app/_session/session";
import { labelHistory } from "@/server/labels/history";
import { currentLabelRule } from "@/server/labels/rules";
import type { LabelHistory } from "@/server/labels/schema";
import { stateAt } from "@/server/labels/states";
import { StateChange } from "../../state-change";
import { CurrentTable } from "./current-table";
import { StepsTable } from "./steps-table";

export const metadata: Metadata = { title: "Label history" };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ finding?: string }> };

/** How a study's labels came to be what they are: every step, and the rule's step behind each current value. */
export default async function LabelHistoryPage({ params, searchParams }: Props) {
  const person = await requirePermission("labels.view");
  const { id } = await params;
  if (!/^\d{1,15}$/.test(id) || Number(id) === 0) notFound();
  const found = await labelHistory(person, { study: Number(id) });
  if (!found.ok) notFound();
  const history = found.value;
  const asked = (await searchParams).finding;
  const finding = history.findings.find(({ position }) => String(position) === asked);
  const reads = history.standing.length;
  return (
    <div className="flex flex-col gap-4">
      <Breadcrumbs crumbs={[{ label: history.patient }, { label: history.studyName }]} />
      <PageHeader
        title="Label history"
        sub={
          <>
            {history.dataset} ·{" "}
            <Link
              href={`/patients/${history.patientId}`}
              className="text-accent underline underline-offset-2"
            >
              {history.patient}
            </Link>{" "}
            · {history.studyName} ·{" "}
            {reads === 0 ? "no read stands" : reads === 1 ? "one read stands" : `${reads} reads stand`}
          </>
        }
        actions={finding ? <LinkButton href={`/labels/studies/${id}`}>All findings</LinkButton> : undefined}
      />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)]">
        <Card title="Current labels">
          <CurrentTable history={history} chosen={finding?.position} />
        </Card>
        <div className="flex flex-col gap-4">
          <Card title="The rule">
            <p className="text-dim">{currentLabelRule}</p>
          </Card>
          <Frozen history={history} finding={finding?.position} />
        </div>
      </div>
      <Card title={finding ? `Steps of ${finding.name}` : "Steps"} aside="oldest first">
        <StepsTable history={history} finding={finding} />
        {history.images.length > 0 ? (
          <p className="mt-3 text-dim">
            {history.images.length === 1 ? "One image was" : `${history.images.length} images were`} imported
            with labels of their own:{" "}
            {history.images.map(({ view, id: image }) => `${view} ${image}`).join(", ")}. They keep them until
            the study is read.
          </p>
        ) : null}
      </Card>
    </div>
  );
}

/** What label sets hold of the study, against what stands now. */
function Frozen({ history, finding }: { history: LabelHistory; finding: number | undefined }) {
  const shown = history.findings.filter(({ position }) => finding === undefined || position === finding);
  return (
    <Card
      title="In label sets"
      aside={history.frozen.length === 0 ? undefined : "frozen → current, where they differ"}
    >
      <DataTable
        label="Label sets that hold this study"
        columns={[
          { key: "name", title: "Label set" },
          { key: "at", title: "Frozen" },
          { key: "changed", title: "Changed since" },
        ]}
        rows={history.frozen.map(({ id, name, at, labels }) => {
          const changed = shown.filter(
            ({ position }) => stateAt(labels, position) !== stateAt(history.current, position),
          );
          return {
            key: id,
            href: `/labels/differences?from=${id}&to=current`,
            cells: {
              name,
              at: <RelativeTime at={at} />,
              changed:
                changed.length === 0 ? (
                  <span className="text-dim">nothing</span>
                ) : (
                  <span className="flex flex-wrap gap-x-3 py-1">
                    {changed.map(({ position, shortName }) => (
                      <span key={position} className="inline-flex items-center gap-1.5 whitespace-nowrap">
                        {shortName}{" "}
                        <StateChange
                          from={stateAt(labels, position)}
                          to={stateAt(history.current, position)}
                        />
                      </span>
                    ))}
                  </span>
                ),
            },
          };
        })}
        empty={<p className="text-dim">No label set holds it.</p>}
      />
    </Card>
  );
}
