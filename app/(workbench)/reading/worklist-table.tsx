import { LinkButton } from "@/app/_components/button";
import { DataTable, type TableColumn } from "@/app/_components/data-table";
import { Progress } from "@/app/_components/progress";
import type { WorklistRow } from "@/server/reading/schema";
import { StatusButton } from "./status-button";
import { StatusWord } from "./status-word";
import { kindWords, priorityWords } from "./words";

type Props = { rows: readonly WorklistRow[]; reads: boolean; manages: boolean; adjudicates: boolean };

const columns: readonly TableColumn[] = [
  { key: "name", title: "Worklist", sortable: true },
  { key: "kind", title: "Kind" },
  { key: "manner", title: "Reads" },
  { key: "progress", title: "Studies read", width: "200px" },
  { key: "mine", title: "Left for me", number: true, sortable: true },
  { key: "disputed", title: "Disputed", number: true, sortable: true },
  { key: "skipped", title: "Skipped", number: true },
  { key: "flagged", title: "Flagged", number: true },
  { key: "status", title: "Status" },
  { key: "due", title: "Due", sortable: true },
  { key: "do", title: <span className="sr-only">Actions</span> },
];

/** Worklists, urgent ones first, then the newest. Their kinds are kept from blind readers: they tell something of the labels. */
export function WorklistTable({ rows, reads, manages, adjudicates }: Props) {
  const hidden = new Set([
    ...(manages ? [] : ["kind"]),
    ...(reads ? [] : ["mine"]),
    ...(adjudicates ? [] : ["disputed"]),
  ]);
  return (
    <DataTable
      label="Worklists"
      columns={columns.filter(({ key }) => !hidden.has(key))}
      rows={rows.map((row) => ({
        key: row.id,
        href: `/reading/${row.id}/progress`,
        cells: {
          name: <Name row={row} />,
          kind: row.kind === null ? "" : kindWords[row.kind].title,
          manner: (
            <span className="whitespace-nowrap">
              {row.readsWanted} · {row.blind ? "blind" : "open"}
            </span>
          ),
          progress: <Done row={row} />,
          mine: row.leftForMe.toLocaleString("en-US"),
          disputed: <Disputed row={row} />,
          skipped: count(row.skipped),
          flagged: count(row.flagged),
          status: <StatusWord status={row.status} />,
          due: <Due row={row} />,
          do: <Actions row={row} reads={reads} manages={manages} />,
        },
        sort: {
          name: row.name,
          mine: row.leftForMe,
          disputed: row.toAdjudicate,
          due: row.dueOn,
        },
      }))}
    />
  );
}

function Name({ row: { name, priority } }: { row: WorklistRow }) {
  if (priority === 0) return name;
  return (
    <>
      {name}{" "}
      <span className="text-[12px] text-dim">· {(priorityWords[priority] ?? "").toLowerCase()} priority</span>
    </>
  );
}

/** Amber once the day is over and studies are left. */
function Due({ row: { dueOn, left } }: { row: WorklistRow }) {
  if (dueOn === null) return <span className="text-faint">–</span>;
  const late = left > 0 && dueOn < new Date().toISOString().slice(0, 10);
  return <span className={`whitespace-nowrap tabular-nums ${late ? "text-leak" : ""}`}>{dueOn}</span>;
}

function Done({ row: { name, read, studies } }: { row: WorklistRow }) {
  return (
    <div className="flex items-center gap-3 tabular-nums">
      <div className="w-20 shrink-0">
        <Progress compact label={`Studies read of ${name}`} done={read} total={studies} />
      </div>
      <span className="whitespace-nowrap">
        {read.toLocaleString("en-US")} of {studies.toLocaleString("en-US")}
      </span>
    </div>
  );
}

/** How many wait for an adjudicator, and the way to them. */
function Disputed({ row: { id, name, toAdjudicate } }: { row: WorklistRow }) {
  if (toAdjudicate === 0) return count(0);
  const label = `Adjudicate ${toAdjudicate} of ${name}`;
  return (
    <LinkButton href={`/reading/${id}/adjudicate`} size="sm" prefetch={false} label={label}>
      {toAdjudicate.toLocaleString("en-US")}
    </LinkButton>
  );
}

function Actions({ row, reads, manages }: { row: WorklistRow; reads: boolean; manages: boolean }) {
  return (
    <div className="flex justify-end gap-2">
      {manages ? <StatusButton worklist={row.id} status={row.status} size="sm" /> : null}
      {reads && row.status === "open" && row.leftForMe > 0 ? (
        <LinkButton href={`/reading/${row.id}`} size="sm" prefetch={false}>
          Read next
        </LinkButton>
      ) : null}
    </div>
  );
}

function count(value: number) {
  return value === 0 ? <span className="text-faint">0</span> : value.toLocaleString("en-US");
}
