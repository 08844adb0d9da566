"use client";

import { type ColumnDef, tableFeatures, useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useEffect, useLayoutEffect, useMemo, useRef } from "react";
import type { ImageRow, SortOrder } from "@/server/images/browse/schema";
import { alignOf, imageColumns, narrowest, widthOf } from "./image-columns";
import type { ListProps } from "./image-grid";
import type { ShownFinding } from "./types";

type Props = ListProps & {
  findings: readonly ShownFinding[];
  sort: SortOrder;
  onSort: (sort: SortOrder) => void;
  seesLabels: boolean;
  onColumns: (columns: number) => void;
};

const features = tableFeatures({});
export type ImageColumn = ColumnDef<typeof features, PlacedRow>;
/** A place of the list; its image may still be on its way. */
export type PlacedRow = { readonly place: number; readonly image: ImageRow | undefined };

const rowHeight = 32;

/** The selection as a table of its full height; only the rows in view exist. */
export function ImageTable(props: Props) {
  const { store, count, place, selected, onChoose, findings, sort, onSort, seesLabels, onColumns } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    paddingStart: rowHeight,
    scrollPaddingStart: rowHeight,
  });
  const visible = rows.getVirtualItems();
  const [first, last] = [visible[0]?.index ?? 0, visible.at(-1)?.index ?? 0];
  useEffect(() => store.want(first, last), [store, first, last]);
  useEffect(() => onColumns(1), [onColumns]);
  useLayoutEffect(() => {
    if (place !== undefined) rows.scrollToIndex(place, { align: "auto" });
  }, [place, rows]);

  const columns = useMemo(() => imageColumns(seesLabels ? findings : []), [seesLabels, findings]);
  const data = visible.map(({ index }) => ({ place: index, image: store.at(index) }));
  const table = useTable({ features, columns, data, getRowId: (row: PlacedRow) => String(row.place) });
  const before = (visible[0]?.start ?? 0) - rowHeight;
  const after = rows.getTotalSize() - (visible.at(-1)?.end ?? rows.getTotalSize());
  return (
    <div ref={scroller} className="h-full overflow-auto border-line border-t">
      <table
        aria-label="Images"
        aria-rowcount={count + 1}
        className="w-full table-fixed border-separate border-spacing-0"
        style={{ minWidth: narrowest(columns) }}
      >
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => (
                <th
                  key={header.id}
                  scope="col"
                  aria-sort={sortOf(header.column.id, sort)}
                  style={{ width: widthOf(header.column.id).width }}
                  className={`sticky top-0 z-10 h-8 truncate border-line border-b bg-panel px-2.5 font-medium text-[12px] text-dim ${alignOf(header.column.id)}`}
                >
                  {header.column.id === "age" ? (
                    <AgeHead sort={sort} onSort={onSort} />
                  ) : (
                    <table.FlexRender header={header} />
                  )}
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          <Spacer height={before} columns={columns.length} />
          {table.getRowModel().rows.map((row) => {
            const { image, place: index } = row.original;
            const current = image !== undefined && image.id === selected;
            return (
              <tr
                key={row.id}
                aria-rowindex={index + 2}
                aria-current={current ? "true" : undefined}
                onClick={() => image && onChoose(image.id)}
                className={`cursor-pointer ${current ? "bg-raise" : "hover:bg-raise/60"}`}
              >
                {row.getAllCells().map((cell) => (
                  <td
                    key={cell.id}
                    className={`h-8 truncate border-line border-b px-2.5 ${alignOf(cell.column.id)}`}
                  >
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            );
          })}
          <Spacer height={after} columns={columns.length} />
        </tbody>
      </table>
    </div>
  );
}

/** Stands for the rows that are not in view. */
function Spacer({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden>
      <td colSpan={columns} style={{ height, padding: 0 }} />
    </tr>
  );
}

function AgeHead({ sort, onSort }: { sort: SortOrder; onSort: (sort: SortOrder) => void }) {
  const Arrow = sort === "oldest" ? ArrowDown : ArrowUp;
  const next = sort === "youngest" ? "oldest" : sort === "oldest" ? "id" : "youngest";
  return (
    <button
      type="button"
      onClick={() => onSort(next)}
      className="inline-flex cursor-pointer items-center gap-1 hover:text-text"
    >
      {sort === "youngest" || sort === "oldest" ? <Arrow aria-hidden size={12} /> : null}
      Age (years)
    </button>
  );
}

function sortOf(column: string, sort: SortOrder): "ascending" | "descending" | undefined {
  if (column !== "age") return undefined;
  return sort === "youngest" ? "ascending" : sort === "oldest" ? "descending" : undefined;
}
