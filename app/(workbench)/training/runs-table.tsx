import { LinkButton } from "@/app/_components/button";
import { DataTable } from "@/app/_components/data-table";
import { Metric } from "@/app/_components/metric";
import { RelativeTime } from "@/app/_components/relative-time";
import { trainableNetworks } from "@/server/training/networks";
import type { listRuns } from "@/server/training/queries";
import { type MetricName, runMetrics } from "@/server/training/schema";
import { duration } from "./duration";
import { RunStatusDot } from "./run-status";
import { Sparkline } from "./sparkline";

type Runs = Extract<Awaited<ReturnType<typeof listRuns>>, { ok: true }>["value"];
type Run = Runs["rows"][number];

const columns = [
  { key: "run", title: "Run", sortable: true },
  { key: "status", title: "Status" },
  { key: "split", title: "Split", sortable: true },
  { key: "network", title: "Network" },
  { key: "curve", title: "Val. accuracy" },
  { key: "accuracy", title: "Test accuracy", number: true, sortable: true },
  { key: "sensitivity", title: "Sensitivity", number: true, sortable: true },
  { key: "specificity", title: "Specificity", number: true, sortable: true },
  { key: "auc", title: "AUC", number: true, sortable: true },
  { key: "engine", title: "Engine" },
  { key: "duration", title: "Took", number: true, sortable: true },
  { key: "created", title: "Launched", number: true },
] as const;

/** Runs with their figures on the test part, newest first, a page at a time. */
export function RunsTable({
  runs,
  next,
  base = "/training",
}: {
  runs: Runs["rows"];
  next: Runs["next"];
  base?: string;
}) {
  return (
    <div className="flex flex-col gap-3">
      <DataTable
        label="Runs"
        columns={columns}
        rows={runs.map((run) => rowOf(run, base))}
        empty={
          <p className="py-4 text-dim">No run yet. The first one stands here as soon as it is launched.</p>
        }
      />
      {next === null ? null : (
        <div>
          <LinkButton href={`${base}?before=${next}`}>Older runs</LinkButton>
        </div>
      )}
    </div>
  );
}

function rowOf(run: Run, base: string) {
  const parsed = runMetrics.safeParse(run.metrics);
  const metrics = parsed.success ? parsed.data.parts.test.metrics : null;
  const figure = (name: MetricName) => (metrics?.[name] ? <Metric {...metrics[name]} /> : "");
  const seconds = run.seconds ? run.seconds.features + run.seconds.training : null;
  return {
    key: run.id,
    href:
      run.status === "done" && base === "/models" ? `/models/${run.id}/evaluation` : `/training/${run.id}`,
    cells: {
      run: `run ${run.id}`,
      status: <RunStatusDot status={run.status} />,
      split: (
        <span className="block max-w-[180px] truncate" title={run.split}>
          {run.split}
        </span>
      ),
      network: (
        <span className="block max-w-[180px] truncate">
          {trainableNetworks[run.network].title}
          {run.weights ? <span className="text-dim"> · {run.weights}</span> : null}
        </span>
      ),
      curve: (
        <Sparkline
          values={run.curve}
          label={`Validation accuracy of run ${run.id} over ${run.curve.length} epochs`}
        />
      ),
      accuracy: figure("accuracy"),
      // Without their intervals, which stand on the run's page: twelve columns are to fit.
      sensitivity: metrics ? (
        <Metric value={metrics.sensitivity.value} reason={metrics.sensitivity.reason} />
      ) : (
        ""
      ),
      specificity: metrics ? (
        <Metric value={metrics.specificity.value} reason={metrics.specificity.reason} />
      ) : (
        ""
      ),
      auc: figure("auc"),
      engine: run.engine?.name ?? "–",
      duration: seconds === null ? "–" : duration(seconds),
      created: <RelativeTime at={run.createdAt} />,
    },
    sort: {
      run: run.id,
      split: run.split,
      accuracy: metrics?.accuracy.value ?? null,
      sensitivity: metrics?.sensitivity.value ?? null,
      specificity: metrics?.specificity.value ?? null,
      auc: metrics?.auc.value ?? null,
      duration: seconds,
    },
  };
}
