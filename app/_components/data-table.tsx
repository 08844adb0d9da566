"use client";

import {
  type ColumnDef,
  createSortedRowModel,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useMemo, useState } from "react";

export type TableColumn = {
  key: string;
  title: ReactNode;
  /** Numbers stand at the right; put the unit in the title. */
  number?: boolean;
  /** Rows carry a value under this key in `sort`. */
  sortable?: boolean;
  /** CSS width; without it the column takes what it needs. */
  width?: string;
};

export type TableRow = {
  key: string | number;
  cells: Readonly<Record<string, ReactNode>>;
  /** What a sortable column sorts by; null stands last. */
  sort?: Readonly<Record<string, string | number | null>>;
  /** Where the row leads: its first cell becomes the link. */
  href?: string;
  selected?: boolean;
};

type Props = {
  /** What the table lists, for screen readers. */
  label: string;
  columns: readonly TableColumn[];
  rows: readonly TableRow[];
  /** Shown in place of rows when there are none. */
  empty?: ReactNode;
  initialSort?: { key: string; descending: boolean };
  /** Height beyond which the body scrolls under its head, e.g. "480px". */
  maxHeight?: string;
  /** A press on the row, beside its link. */
  onRowPress?: (key: string | number) => void;
};

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel(), sortFns: {} });

/**
 * A dense table: 32 px rows, a head that stays, sorting in the browser over the rows that are there. Columns and
 * rows are plain data with ready cells, so that server components can fill it.
 */
export function DataTable({ label, columns, rows, empty, initialSort, maxHeight, onRowPress }: Props) {
  const [sorting, setSorting] = useState<SortingState>(
    initialSort ? [{ id: initialSort.key, desc: initialSort.descending }] : [],
  );
  const definitions = useMemo(() => columns.map(define), [columns]);
  const data = useMemo(() => [...rows], [rows]);
  const table = useTable({
    features,
    columns: definitions,
    data,
    state: { sorting },
    onSortingChange: setSorting,
    getRowId: (row: TableRow) => String(row.key),
  });
  const byKey = new Map(columns.map((column) => [column.key, column]));
  if (rows.length === 0 && empty) return <>{empty}</>;
  return (
    <div className="overflow-auto" style={{ maxHeight }}>
      <table aria-label={label} className="w-full border-separate border-spacing-0">
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => {
                const column = byKey.get(header.column.id);
                const sorted = header.column.getIsSorted();
                return (
                  <th
                    key={header.id}
                    scope="col"
                    style={{ width: column?.width }}
                    aria-sort={sorted === "asc" ? "ascending" : sorted === "desc" ? "descending" : undefined}
                    className={`sticky top-0 z-10 h-8 whitespace-nowrap border-line border-b bg-panel px-2.5 font-medium text-[12px] text-dim ${
                      column?.number ? "text-right" : "text-left"
                    }`}
                  >
                    {column?.sortable ? (
                      <button
                        type="button"
                        onClick={header.column.getToggleSortingHandler()}
                        className="inline-flex cursor-pointer items-center gap-1 hover:text-text"
                      >
                        {column.title}
                        {sorted === "asc" ? <ArrowUp aria-hidden size={12} /> : null}
                        {sorted === "desc" ? <ArrowDown aria-hidden size={12} /> : null}
                      </button>
                    ) : (
                      column?.title
                    )}
                  </th>
                );
              })}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map(({ original: row, id }) => (
            <tr
              key={id}
              aria-selected={row.selected}
              onClick={onRowPress ? () => onRowPress(row.key) : undefined}
              className={`${row.selected ? "bg-raise" : "hover:bg-raise/60"} ${onRowPress ? "cursor-pointer" : ""}`}
            >
              {columns.map((column, index) => (
                <td
                  key={column.key}
                  className={`h-8 border-line border-b px-2.5 ${
                    column.number
                      ? "whitespace-nowrap text-right tabular-nums"
                      : index === 0
                        ? "whitespace-nowrap"
                        : ""
                  }`}
                >
                  {index === 0 && row.href ? (
                    <Link href={row.href} className="text-text hover:text-accent hover:underline">
                      {row.cells[column.key]}
                    </Link>
                  ) : (
                    row.cells[column.key]
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function define(column: TableColumn): ColumnDef<typeof features, TableRow> {
  return {
    id: column.key,
    // Undefined, unlike null, is put last whichever way the column is sorted.
    accessorFn: (row) => row.sort?.[column.key] ?? undefined,
    enableSorting: column.sortable ?? false,
    sortUndefined: "last",
    sortDescFirst: column.number ?? false,
    sortFn: (a, b, id) => compare(a.getValue(id), b.getValue(id)),
  };
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "en", { numeric: true });
}
