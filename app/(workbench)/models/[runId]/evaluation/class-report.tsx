import { Card } from "@/app/_components/card";
import { DataTable } from "@/app/_components/data-table";
import { Metric } from "@/app/_components/metric";
import type { PartMetrics } from "@/server/training/schema";

/** Precision, recall and F1 of each class, and their means. */
export function ClassReport({ part }: { part: PartMetrics }) {
  return (
    <Card title="Report per class">
      <DataTable
        label="Report per class"
        columns={[
          { key: "name", title: "Class" },
          { key: "precision", title: "Precision", number: true },
          { key: "recall", title: "Recall", number: true },
          { key: "f1", title: "F1", number: true },
          { key: "support", title: "Images", number: true },
        ]}
        rows={part.report.map(({ name, precision, recall, f1, support }) => ({
          key: name,
          cells: {
            name: / average$/.test(name) ? <span className="text-dim">{name}</span> : name,
            precision: <Metric value={precision} reason="The class was never predicted." />,
            recall: <Metric value={recall} reason="There is no image of the class." />,
            f1: <Metric value={f1} reason="There is nothing of the class, true or predicted." />,
            support: support.toLocaleString("en-US"),
          },
        }))}
      />
    </Card>
  );
}
