import { Card } from "@/app/_components/card";
import { DataTable } from "@/app/_components/data-table";
import { Metric } from "@/app/_components/metric";
import { RelativeTime } from "@/app/_components/relative-time";
import type { Result } from "@/server/admin/schema";

const kinds: Record<Result["kind"], string> = {
  run: "run",
  labels: "label set",
  split: "split",
  import: "import",
};

const accuracy = { key: "metric", title: "Test accuracy", number: true, width: "190px" };

/** What was finished last. */
export function NewestResults({ results }: { results: readonly Result[] }) {
  return (
    <Card title="Newest">
      {results.length === 0 ? (
        <p className="text-dim">Nothing is finished yet.</p>
      ) : (
        <DataTable
          label="Newest results"
          columns={[
            { key: "label", title: "What" },
            { key: "kind", title: "Kind", width: "110px" },
            { key: "detail", title: "From" },
            ...(results.some((result) => result.metric) ? [accuracy] : []),
            { key: "at", title: "When", width: "140px" },
          ]}
          rows={results.map((result) => ({
            key: `${result.kind} ${result.id}`,
            href: result.href,
            cells: {
              label: result.label,
              kind: <span className="text-dim">{kinds[result.kind]}</span>,
              detail: <span className="text-dim">{result.detail}</span>,
              metric: result.metric ? <Metric {...result.metric} /> : null,
              at: <RelativeTime at={result.at} />,
            },
          }))}
        />
      )}
    </Card>
  );
}
