import { CornerDownRight } from "lucide-react";
import { DataTable, type TableColumn, type TableRow } from "@/app/_components/data-table";
import { PartTag } from "@/app/_components/part-tag";
import { RelativeTime } from "@/app/_components/relative-time";
import type { CohortListed } from "@/server/cohorts/schema";
import { parts } from "@/server/splits/rules";
import type { SplitListed } from "@/server/splits/schema";
import { LeakShares, Plan } from "./split-cells";

type Props = { cohorts: readonly CohortListed[]; splits: readonly SplitListed[] };

const columns: TableColumn[] = [
  { key: "name", title: "Cohort, and its splits" },
  { key: "how", title: "Made" },
  { key: "what", title: "Classes, or parts" },
  { key: "images", title: "Images", number: true },
  { key: "patients", title: "Patients", number: true },
  { key: "leak", title: "Leaked of test" },
  { key: "at", title: "When" },
];
const sources = { csv: "from a table", rule: "by rule", images: "from images" } as const;

/** Every cohort with the splits made from it below it. */
export function CohortTable({ cohorts, splits }: Props) {
  const rows = cohorts.flatMap((cohort) => [
    cohortRow(cohort),
    ...splits.filter((split) => split.cohortId === cohort.id).map((split) => splitRow(split, cohort.classes)),
  ]);
  return <DataTable label="Cohorts and splits" columns={columns} rows={rows} />;
}

function cohortRow(cohort: CohortListed): TableRow {
  return {
    key: `cohort ${cohort.id}`,
    href: `/cohorts/${cohort.id}`,
    cells: {
      name: <span className="font-semibold">{cohort.name}</span>,
      how: <span className="text-dim">{sources[cohort.source]}</span>,
      what: cohort.classes.join(", "),
      images: cohort.images.toLocaleString("en-US"),
      patients: cohort.patients.toLocaleString("en-US"),
      at: <RelativeTime at={cohort.createdAt} />,
    },
  };
}

function splitRow(split: SplitListed, classes: readonly string[]): TableRow {
  return {
    key: `split ${split.id}`,
    href: `/splits/${split.id}`,
    cells: {
      name: (
        <span className="inline-flex items-center gap-1.5 whitespace-nowrap pl-2">
          <CornerDownRight aria-hidden size={13} className="text-faint" />
          {split.name}
        </span>
      ),
      how: <Plan split={split} />,
      what: (
        <span className="flex gap-3 whitespace-nowrap">
          {parts.map((part) => (
            <span key={part} className="inline-flex items-center gap-1.5 text-dim">
              <PartTag part={part} /> {split.summary.parts[part].images.toLocaleString("en-US")}
            </span>
          ))}
        </span>
      ),
      leak: <LeakShares split={split} classes={classes} />,
      at: <RelativeTime at={split.createdAt} />,
    },
  };
}
