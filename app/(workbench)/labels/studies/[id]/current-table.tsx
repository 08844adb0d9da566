import Link from "next/link";
import { DataTable } from "@/app/_components/data-table";
import { StateDot } from "@/app/_components/state-dot";
import type { LabelHistory } from "@/server/labels/schema";
import { stateAt } from "@/server/labels/states";
import { whyCurrent } from "./why";

type Props = { history: LabelHistory; chosen: number | undefined };

/** Each finding's current value and the step of the rule that made it; findings that were ever mentioned first. */
export function CurrentTable({ history, chosen }: Props) {
  const { findings, steps, current, study } = history;
  const mentioned = findings.filter(({ position }) =>
    steps.some(
      ({ said, current: became }) =>
        stateAt(said, position) !== "unmentioned" || stateAt(became, position) !== "unmentioned",
    ),
  );
  const rest = findings.length - mentioned.length;
  return (
    <>
      <DataTable
        label="Current labels and why"
        columns={[
          { key: "finding", title: "Finding" },
          { key: "state", title: "Current" },
          { key: "why", title: "Because" },
        ]}
        rows={mentioned.map(({ position, name }) => {
          const state = stateAt(current, position);
          return {
            key: position,
            selected: position === chosen,
            cells: {
              finding: (
                <Link
                  href={
                    position === chosen
                      ? `/labels/studies/${study}`
                      : `/labels/studies/${study}?finding=${position}`
                  }
                  scroll={false}
                  className="text-accent hover:underline"
                >
                  {name}
                </Link>
              ),
              state: (
                <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
                  <StateDot state={state} size={10} /> {state}
                </span>
              ),
              why: whyCurrent(history, position),
            },
          };
        })}
        empty={<p className="text-dim">Nobody has mentioned any finding.</p>}
      />
      {mentioned.length > 0 && rest > 0 ? (
        <p className="mt-2 text-dim">{rest} more were never mentioned.</p>
      ) : null}
    </>
  );
}
