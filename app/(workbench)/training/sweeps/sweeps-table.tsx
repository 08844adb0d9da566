import { LinkButton } from "@/app/_components/button";
import { DataTable } from "@/app/_components/data-table";
import { Progress } from "@/app/_components/progress";
import { RelativeTime } from "@/app/_components/relative-time";
import type { listSweeps } from "@/server/training/sweeps/queries";
import { RunStatusDot } from "../run-status";
import { planWords } from "./plan-words";

type Sweeps = Extract<Awaited<ReturnType<typeof listSweeps>>, { ok: true }>["value"];

const columns = [
  { key: "sweep", title: "Sweep", sortable: true },
  { key: "status", title: "Status" },
  { key: "plan", title: "Plan" },
  { key: "split", title: "Split", sortable: true },
  { key: "network", title: "Base" },
  { key: "trials", title: "Trials done", width: "180px" },
  { key: "best", title: "Best val. accuracy", number: true, sortable: true },
  { key: "created", title: "Started", number: true },
] as const;

/** Sweeps, newest first, a page at a time. */
export function SweepsTable({ sweeps, next }: { sweeps: Sweeps["rows"]; next: Sweeps["next"] }) {
  return (
    <div className="flex flex-col gap-3">
      <DataTable
        label="Sweeps"
        columns={columns}
        rows={sweeps.map((sweep) => ({
          key: sweep.id,
          href: `/training/sweeps/${sweep.id}`,
          cells: {
            sweep: `sweep ${sweep.id}`,
            status: <RunStatusDot status={sweep.status} />,
            plan: planWords[sweep.plan].title,
            split: sweep.split,
            network: (
              <>
                {sweep.network.title}
                <span className="text-dim"> · {sweep.weights ?? "random"}</span>
              </>
            ),
            trials: (
              <div className="flex items-center gap-2">
                <div className="w-24">
                  <Progress compact done={sweep.done} total={sweep.trials} label={`Sweep ${sweep.id}`} />
                </div>
                <span className="whitespace-nowrap text-dim tabular-nums">
                  {sweep.done} of {sweep.trials}
                </span>
              </div>
            ),
            best: sweep.best === null ? "–" : sweep.best.toFixed(4),
            created: <RelativeTime at={sweep.createdAt} />,
          },
          sort: { sweep: sweep.id, split: sweep.split, best: sweep.best },
        }))}
        empty={
          <p className="py-4 text-dim">No sweep yet. The first one stands here as soon as it is started.</p>
        }
      />
      {next === null ? null : (
        <div>
          <LinkButton href={`/training/sweeps?before=${next}`}>Older sweeps</LinkButton>
        </div>
      )}
    </div>
  );
}
