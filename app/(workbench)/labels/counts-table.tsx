import { DataTable } from "@/app/_components/data-table";
import { percent } from "@/app/_components/share";
import { StateDot } from "@/app/_components/state-dot";
import type { LabelCounts } from "@/server/labels/schema";
import { type LabelState, labelStates } from "@/server/labels/states";

type Row = LabelCounts["findings"][number];

const fills: Partial<Record<LabelState, string>> = {
  positive: "bg-pos",
  uncertain: "bg-unc",
  negative: "bg-neg/60",
};

/** Images per finding and state, with the shares as a bar. */
export function CountsTable({ findings, images }: { findings: readonly Row[]; images: number }) {
  return (
    <DataTable
      label="Images per finding and state"
      columns={[
        { key: "name", title: "Finding" },
        { key: "bar", title: <span className="sr-only">Shares</span>, width: "120px" },
        ...labelStates.map((state) => ({
          key: state,
          title: (
            <span className="inline-flex items-center gap-1.5">
              <StateDot state={state} size={10} /> {state}
            </span>
          ),
          number: true,
          sortable: true,
        })),
      ]}
      rows={findings.map(({ position, name, states, read }) => ({
        key: position,
        cells: {
          name: <span className="whitespace-nowrap">{name}</span>,
          bar: <Bar states={states} images={images} />,
          ...Object.fromEntries(
            labelStates.map((state) => [state, <Count key={state} all={states[state]} read={read[state]} />]),
          ),
        },
        sort: states,
      }))}
    />
  );
}

function Bar({ states, images }: { states: Row["states"]; images: number }) {
  const parts = (["positive", "uncertain", "negative"] as const).map((state) => ({
    state,
    share: images === 0 ? 0 : states[state] / images,
  }));
  const words = parts.map(({ state }) => `${percent(states[state], Math.max(1, images))} ${state}`);
  return (
    <span
      role="img"
      aria-label={words.join(", ")}
      title={words.join(", ")}
      className="flex h-2 overflow-hidden rounded-full bg-raise"
    >
      {parts.map(({ state, share }) => (
        <span key={state} className={fills[state]} style={{ width: `${100 * share}%` }} />
      ))}
    </span>
  );
}

function Count({ all, read }: { all: number; read: number }) {
  return (
    <span className={all === 0 ? "text-faint" : ""}>
      {all.toLocaleString("en-US")}
      {read > 0 ? <span className="text-dim"> ({read.toLocaleString("en-US")})</span> : null}
    </span>
  );
}
