import { Card } from "@/app/_components/card";
import { DataTable } from "@/app/_components/data-table";
import { Metric } from "@/app/_components/metric";
import type { SubgroupMetrics } from "@/server/training/schema";

const titles = { dataset: "Dataset", view: "View", sex: "Sex", patient: "Patient" } as const;

/** Whether the model does as well on everybody: the test part by source, view, sex, and by leak. */
export function Subgroups({ subgroups }: { subgroups: readonly SubgroupMetrics[] }) {
  return (
    <Card title="Test images by subgroup" aside="intervals are wide where images are few">
      <DataTable
        label="Test figures by subgroup"
        columns={[
          { key: "by", title: "By" },
          { key: "value", title: "Subgroup" },
          { key: "images", title: "Images", number: true },
          { key: "patients", title: "Patients", number: true },
          { key: "accuracy", title: "Accuracy", number: true },
          { key: "sensitivity", title: "Sensitivity", number: true },
          { key: "specificity", title: "Specificity", number: true },
          { key: "auc", title: "ROC AUC", number: true },
        ]}
        rows={subgroups.map(({ by, value, images, patients, ...metrics }) => ({
          key: `${by} ${value}`,
          cells: {
            by: <span className="text-dim">{titles[by]}</span>,
            value: value === "in training too" ? <span className="text-leak">{value}</span> : value,
            images: images.toLocaleString("en-US"),
            patients: patients.toLocaleString("en-US"),
            accuracy: <Metric {...metrics.accuracy} />,
            sensitivity: <Metric {...metrics.sensitivity} />,
            specificity: <Metric {...metrics.specificity} />,
            auc: <Metric {...metrics.auc} />,
          },
        }))}
      />
    </Card>
  );
}
