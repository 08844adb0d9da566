import Link from "next/link";
import { DataTable } from "@/app/_components/data-table";
import { RelativeTime } from "@/app/_components/relative-time";
import { StateDot } from "@/app/_components/state-dot";
import type { HistoryStep, LabelHistory } from "@/server/labels/schema";
import { stateAt } from "@/server/labels/states";
import type { Finding } from "@/server/labels/vocabulary";
import { StateChange } from "../../state-change";

type Props = {
  history: LabelHistory;
  /** Shown alone; all findings without it. */
  finding: Finding | undefined;
};

const originWords = {
  source: "source",
  read: "only read",
  consensus: "consensus",
  adjudicated: "adjudicated",
} as const;

/** Every import, read, withdrawal and adjudication, oldest first: who, when, what was said, what the label became. */
export function StepsTable({ history: { steps, findings }, finding }: Props) {
  const shown = finding ? [finding] : findings;
  return (
    <DataTable
      label="Steps"
      columns={[
        { key: "what", title: "What" },
        { key: "by", title: "By" },
        { key: "at", title: "When" },
        { key: "said", title: "Said" },
        { key: "became", title: "Current label" },
        { key: "rule", title: "Rule" },
      ]}
      rows={steps.map((step, at) => ({
        key: at,
        cells: {
          what: <What step={step} />,
          by: <span className="whitespace-nowrap">{step.by}</span>,
          at: step.at ? <RelativeTime at={step.at} /> : <span className="text-dim">on import</span>,
          said: (
            <span className="flex flex-col gap-1 py-1">
              <Said labels={step.said} findings={shown} before={steps[0]?.said} step={step} />
              {step.comment === "" ? null : <span className="text-dim">“{step.comment}”</span>}
            </span>
          ),
          became: <Became findings={shown} before={steps[at - 1]?.current} after={step.current} />,
          rule: <span className="whitespace-nowrap text-dim">{originWords[step.origin]}</span>,
        },
      }))}
    />
  );
}

function What({ step: { kind, revision, worklist, blind, readId } }: { step: HistoryStep }) {
  const words = { import: "import", read: "read", adjudication: "adjudication", withdrawal: "taken back" };
  return (
    <span className="flex flex-col py-1 leading-4">
      <span>
        {words[kind]}
        {readId === null ? "" : ` ${readId}`}
        {revision !== null && revision > 1 ? <span className="text-dim"> · revision {revision}</span> : null}
        {blind === false ? <span className="text-dim"> · open</span> : null}
      </span>
      {worklist ? (
        <Link href={`/reading/${worklist.id}/progress`} className="text-[12px] text-accent hover:underline">
          {worklist.name}
        </Link>
      ) : null}
    </span>
  );
}

type SaidProps = {
  labels: string;
  findings: readonly Finding[];
  before: string | undefined;
  step: HistoryStep;
};

/** Of an import all that it mentions; of a read what it says otherwise than the import. */
function Said({ labels, findings, before, step }: SaidProps) {
  if (step.kind === "withdrawal") return <span className="text-dim">the read no longer counts</span>;
  const against = step.kind === "import" ? "" : (before ?? "");
  const alone = findings.length === 1;
  const shown = findings.filter(
    ({ position }) => alone || stateAt(labels, position) !== stateAt(against, position),
  );
  if (shown.length === 0) {
    return <span className="text-dim">{step.kind === "import" ? "nothing mentioned" : "as imported"}</span>;
  }
  return (
    <span className="flex flex-wrap gap-x-3">
      {shown.map(({ position, shortName }) => (
        <span key={position} className="inline-flex items-center gap-1.5 whitespace-nowrap">
          <StateDot state={stateAt(labels, position)} size={10} /> {shortName}
        </span>
      ))}
    </span>
  );
}

type BecameProps = { findings: readonly Finding[]; before: string | undefined; after: string };

function Became({ findings, before, after }: BecameProps) {
  if (before === undefined) return <span className="text-dim">as imported</span>;
  const changed = findings.flatMap(({ position, shortName }) => {
    const [from, to] = [stateAt(before, position), stateAt(after, position)];
    return from === to ? [] : [{ position, shortName, from, to }];
  });
  if (changed.length === 0) return <span className="text-dim">unchanged</span>;
  return (
    <span className="flex flex-wrap gap-x-3 py-1">
      {changed.map(({ position, shortName, from, to }) => (
        <span key={position} className="inline-flex items-center gap-1.5 whitespace-nowrap">
          {shortName} <StateChange from={from} to={to} />
        </span>
      ))}
    </span>
  );
}
