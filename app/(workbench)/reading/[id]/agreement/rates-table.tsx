import { DataTable } from "@/app/_components/data-table";
import { Hint } from "@/app/_components/hint";
import { Metric } from "@/app/_components/metric";
import type { Figure } from "@/server/reading/agreement-figures";
import type { ReaderComparison } from "@/server/reading/reader-comparison";
import type { RatesRow } from "@/server/reading/reader-rates";

const columns = [
  { key: "who", title: "Who" },
  { key: "n", title: <Hint text="Studies with an answer on both sides">n</Hint>, number: true },
  { key: "yes", title: <Hint text="Studies that the consensus says yes of">Yes</Hint>, number: true },
  { key: "sensitivity", title: "Sensitivity", number: true },
  { key: "specificity", title: "Specificity", number: true },
  { key: "f1", title: "F1", number: true },
  { key: "auc", title: "AUC", number: true },
];

/** Sensitivity, specificity and F1 of each reader, and of the model in the last row. */
export function RatesTable({
  against: { readers, model },
}: {
  against: NonNullable<ReaderComparison["against"]>;
}) {
  const ofReader = "A reader says yes or no; there is no curve to have an area.";
  return (
    <DataTable
      label="Readers and model against the consensus"
      columns={columns}
      rows={[
        ...readers.map(({ reader, ...row }) => ({
          key: reader.id,
          cells: { who: reader.name, ...cellsOf(row), auc: <Hint text={ofReader}>–</Hint> },
        })),
        ...(model
          ? [
              {
                key: "model",
                cells: {
                  who: (
                    <span className="font-medium">
                      Run {model.run} · {model.className}
                    </span>
                  ),
                  ...cellsOf(model),
                  auc: <Shown figure={model.auc} />,
                },
              },
            ]
          : []),
      ]}
    />
  );
}

function cellsOf({ n, yes, sensitivity, specificity, f1 }: RatesRow) {
  return {
    n: n.toLocaleString("en-US"),
    yes: yes.toLocaleString("en-US"),
    sensitivity: <Shown figure={sensitivity} />,
    specificity: <Shown figure={specificity} />,
    f1: <Shown figure={f1} />,
  };
}

function Shown({ figure: { value, low, high, reason } }: { figure: Figure }) {
  return <Metric value={value} low={low} high={high} reason={reason ?? undefined} digits={2} />;
}
