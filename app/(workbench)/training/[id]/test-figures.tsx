import Link from "next/link";
import { Card } from "@/app/_components/card";
import { Metric } from "@/app/_components/metric";
import type { PartMetrics } from "@/server/training/schema";

/** What a finished run came to, in four figures. */
export function TestFigures({ test, run }: { test: PartMetrics; run: number }) {
  const { accuracy, sensitivity, specificity, auc } = test.metrics;
  const shown = { Accuracy: accuracy, Sensitivity: sensitivity, Specificity: specificity, AUC: auc };
  return (
    <Card
      title={`On ${test.images.toLocaleString("en-US")} test images of ${test.patients.toLocaleString("en-US")} patients`}
      aside={
        <Link href={`/models/${run}/evaluation`} className="hover:text-accent hover:underline">
          Evaluation
        </Link>
      }
    >
      <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
        {Object.entries(shown).map(([name, metric]) => (
          <div key={name}>
            <dt className="text-dim">{name}</dt>
            <dd>{metric ? <Metric {...metric} /> : "–"}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
