import { LinkButton } from "@/app/_components/button";
import { DataTable } from "@/app/_components/data-table";
import { percent } from "@/app/_components/share";
import { StateDot } from "@/app/_components/state-dot";
import { countsUnder, type LabelPolicy } from "@/server/labels/policy";
import type { LabelCounts } from "@/server/labels/schema";
import { cohortOfPolicy } from "./search";

type Props = {
  counts: LabelCounts;
  policy: LabelPolicy;
  set: string | undefined;
  /** May make a cohort of what is previewed. */
  makes: boolean;
};

/** Per finding what a training set would hold under the policy, and what it would be made of. */
export function PolicyTable({ counts, policy, set, makes }: Props) {
  const multi = policy.uncertain === "U-MultiClass";
  return (
    <DataTable
      label="Images per finding under the policy"
      columns={[
        { key: "name", title: "Finding" },
        { key: "positive", title: "Positive", number: true, sortable: true },
        { key: "negative", title: "Negative", number: true, sortable: true },
        ...(multi ? [{ key: "uncertain", title: "Uncertain class", number: true, sortable: true }] : []),
        { key: "missing", title: "Left out", number: true, sortable: true },
        { key: "share", title: "Positive of learnt", number: true, sortable: true },
        ...(["positive", "negative", "uncertain", "unmentioned"] as const).map((state) => ({
          key: `raw ${state}`,
          title: (
            <span className="inline-flex items-center gap-1.5 font-normal">
              <StateDot state={state} size={10} /> {state}
            </span>
          ),
          number: true,
        })),
        ...(makes ? [{ key: "do", title: <span className="sr-only">Cohort</span> }] : []),
      ]}
      rows={counts.findings.map(({ name, position, states }) => {
        const under = countsUnder(policy, states);
        const learnt = counts.images - under.missing;
        return {
          key: position,
          cells: {
            name: <span className="whitespace-nowrap">{name}</span>,
            ...Object.fromEntries(
              Object.entries(under).map(([kind, count]) => [kind, <Count key={kind} count={count} />]),
            ),
            share:
              learnt === 0 ? (
                <span title="Nothing is left to learn from">–</span>
              ) : (
                percent(under.positive, learnt)
              ),
            ...Object.fromEntries(
              Object.entries(states).map(([state, count]) => [
                `raw ${state}`,
                <span key={state} className="text-dim">
                  {count.toLocaleString("en-US")}
                </span>,
              ]),
            ),
            do: (
              <span className="flex justify-end">
                <LinkButton size="sm" href={cohortOfPolicy(policy, name, set)} label={`Cohort of ${name}`}>
                  Cohort
                </LinkButton>
              </span>
            ),
          },
          sort: { ...under, share: learnt === 0 ? null : under.positive / learnt },
        };
      })}
    />
  );
}

function Count({ count }: { count: number }) {
  return <span className={count === 0 ? "text-faint" : ""}>{count.toLocaleString("en-US")}</span>;
}
