import type { Metadata } from "next";
import Link from "next/link";
import { Card } from "@/app/_components/card";
import { DataTable } from "@/app/_components/data-table";
import { PageHeader } from "@/app/_components/page-header";
import { RelativeTime } from "@/app/_components/relative-time";
import { StateDot } from "@/app/_components/state-dot";
import { requirePermission } from "@/app/_session/session";
import { may } from "@/server/auth/actor";
import { valueOrThrow } from "@/server/auth/command";
import { labelChanges } from "@/server/labels/changes";
import { labelCounts, listLabelSets } from "@/server/labels/queries";
import { currentLabelRule } from "@/server/labels/rules";
import { labelStates } from "@/server/labels/states";
import { FreezeForm } from "./freeze-form";

export const metadata: Metadata = { title: "Labels" };

export default async function LabelsPage() {
  const person = await requirePermission("labels.view");
  const [counts, sets, changes] = await Promise.all([
    labelCounts(person, {}).then(valueOrThrow),
    listLabelSets(person, {}).then(valueOrThrow),
    labelChanges(person, { limit: 30 }).then(valueOrThrow),
  ]);
  const read = counts.images - counts.origins.source;
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        title="Labels"
        sub={`Current labels of ${counts.images.toLocaleString("en-US")} images, ${read.toLocaleString("en-US")} of them read. The rule: ${currentLabelRule}`}
      />
      <div className="grid items-start gap-4 xl:grid-cols-[1.3fr_1fr]">
        <Card title="Per finding" aside="images; in brackets those that somebody read">
          <DataTable
            label="Images per finding and state"
            columns={[
              { key: "name", title: "Finding" },
              ...labelStates.map((state) => ({
                key: state,
                title: <StateHead state={state} />,
                number: true,
              })),
            ]}
            rows={counts.findings.map((finding) => ({
              key: finding.position,
              cells: {
                name: finding.name,
                ...Object.fromEntries(
                  labelStates.map((state) => [state, countWords(finding.states[state], finding.read[state])]),
                ),
              },
            }))}
          />
        </Card>
        <div className="flex flex-col gap-4">
          {may(person, "labels.freeze") ? (
            <Card title="Freeze">
              <FreezeForm />
            </Card>
          ) : null}
          <Card title="Label sets">
            <DataTable
              label="Label sets"
              columns={[
                { key: "name", title: "Name" },
                { key: "studies", title: "Studies", number: true },
                { key: "by", title: "By" },
                { key: "at", title: "When" },
                { key: "do", title: "" },
              ]}
              rows={sets.rows.map((set) => ({
                key: set.id,
                cells: {
                  name: <span title={set.rule}>{set.name}</span>,
                  studies: set.studies.toLocaleString("en-US"),
                  by: set.createdBy,
                  at: <RelativeTime at={set.createdAt.toISOString()} />,
                  do: may(person, "labels.export") ? (
                    <a className="text-accent hover:underline" href={`/api/labels/${set.id}`}>
                      Export
                    </a>
                  ) : null,
                },
              }))}
              empty="Nothing is frozen yet."
            />
          </Card>
        </div>
      </div>
      <Card title="What reads changed" aside="newest first">
        <DataTable
          label="Changes by reads"
          columns={[
            { key: "patient", title: "Patient" },
            { key: "study", title: "Study" },
            { key: "changes", title: "Source → read" },
            { key: "reader", title: "Reader" },
            { key: "at", title: "When" },
          ]}
          rows={changes.rows.map((change) => ({
            key: change.readId,
            cells: {
              patient: (
                <Link href={`/patients/${change.patientId}`} className="text-accent hover:underline">
                  {change.patient}
                </Link>
              ),
              study: change.study,
              changes: (
                <span className="flex flex-wrap gap-x-3">
                  {change.changes.map(({ finding, from, to }) => (
                    <span key={finding} className="inline-flex items-center gap-1">
                      {finding} <StateDot state={from} size={10} /> → <StateDot state={to} size={10} />
                    </span>
                  ))}
                </span>
              ),
              reader: change.reader,
              at: <RelativeTime at={change.at.toISOString()} />,
            },
          }))}
          empty="No read says anything else than its source."
        />
      </Card>
    </div>
  );
}

function StateHead({ state }: { state: (typeof labelStates)[number] }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <StateDot state={state} size={10} /> {state}
    </span>
  );
}

function countWords(all: number, read: number): string {
  return read === 0
    ? all.toLocaleString("en-US")
    : `${all.toLocaleString("en-US")} (${read.toLocaleString("en-US")})`;
}
