import { DataTable, type TableColumn } from "@/app/_components/data-table";
import { parts } from "@/server/splits/rules";
import type { SplitListed } from "@/server/splits/schema";
import { LeakShares, Plan } from "../split-cells";

const columns: TableColumn[] = [
  { key: "name", title: "Split" },
  { key: "plan", title: "Drawn" },
  ...parts.map((part) => ({ key: part, title: part, number: true })),
  { key: "leak", title: "Leaked of test" },
];

/** The cohort's splits with what each leaks. */
export function SplitTable({
  splits,
  classes,
}: {
  splits: readonly SplitListed[];
  classes: readonly string[];
}) {
  const rows = splits.map((split) => ({
    key: split.id,
    href: `/splits/${split.id}`,
    cells: {
      name: split.name,
      plan: <Plan split={split} />,
      ...Object.fromEntries(
        parts.map((part) => [part, split.summary.parts[part].images.toLocaleString("en-US")]),
      ),
      leak: <LeakShares split={split} classes={classes} />,
    },
  }));
  return (
    <DataTable
      label="Splits of this cohort"
      columns={columns}
      rows={rows}
      empty={<p className="text-dim">No split yet. Draw one to train on this cohort.</p>}
    />
  );
}
