"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { HoverCard, type Hovered } from "./hover-card";
import { ImageTile, TilePlaceholder } from "./image-tile";
import type { PageStore } from "./page-store";
import type { ShownFinding } from "./types";
import { useInnerWidth } from "./use-inner-width";

export type ListProps = {
  store: PageStore;
  count: number;
  /** Place of the chosen image, where it is known. */
  place: number | undefined;
  selected: number | null;
  onChoose: (id: number) => void;
};

type Props = ListProps & {
  findings: readonly ShownFinding[];
  /** Findings whose states the tiles show. */
  marked: readonly ShownFinding[];
  onColumns: (columns: number) => void;
};

const gap = 8;
const padding = 16;
const smallestTile = 148;

/** Thumbnails of the whole selection at their true height; only those in view exist. */
export function ImageGrid(props: Props) {
  const { store, count, place, selected, onChoose, findings, marked, onColumns } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const width = useInnerWidth(scroller);
  const inner = Math.max(0, width - 2 * padding);
  const columns = Math.max(1, Math.floor((inner + gap) / (smallestTile + gap)));
  const tile = Math.max(1, (inner - gap * (columns - 1)) / columns);
  const [hovered, setHovered] = useState<Hovered | null>(null);

  const rows = useVirtualizer({
    count: width === 0 ? 0 : Math.ceil(count / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => tile + gap,
    overscan: 3,
    paddingStart: 2,
    paddingEnd: padding,
  });
  const visible = rows.getVirtualItems();
  const firstPlace = (visible[0]?.index ?? 0) * columns;
  const lastPlace = Math.min(count, ((visible.at(-1)?.index ?? 0) + 1) * columns) - 1;

  useEffect(() => store.want(firstPlace, lastPlace), [store, firstPlace, lastPlace]);
  useEffect(() => onColumns(columns), [columns, onColumns]);
  useKeptPlace(rows, columns, tile, width);
  useLayoutEffect(() => {
    if (place !== undefined && width > 0) rows.scrollToIndex(Math.floor(place / columns), { align: "auto" });
  }, [place, columns, width, rows]);

  return (
    <div
      ref={scroller}
      className="h-full overflow-y-auto [scrollbar-gutter:stable]"
      onScroll={() => setHovered(null)}
    >
      <div className="relative" style={{ height: rows.getTotalSize() }}>
        {visible.map((row) => (
          <div
            key={row.key}
            className="absolute top-0 left-0 grid w-full"
            style={{
              transform: `translateY(${row.start}px)`,
              gridTemplateColumns: `repeat(${columns}, ${tile}px)`,
              gap,
              paddingInline: padding,
              height: tile,
            }}
          >
            {placesOf(row.index, columns, count).map((index) => {
              const image = store.at(index);
              return image ? (
                <ImageTile
                  key={image.id}
                  image={image}
                  marked={marked}
                  selected={image.id === selected}
                  onChoose={onChoose}
                  onHover={setHovered}
                />
              ) : (
                <TilePlaceholder key={`place ${index}`} />
              );
            })}
          </div>
        ))}
      </div>
      {hovered ? <HoverCard hovered={hovered} findings={findings} /> : null}
    </div>
  );
}

function placesOf(row: number, columns: number, count: number): readonly number[] {
  const first = row * columns;
  return Array.from({ length: Math.min(columns, count - first) }, (_, index) => first + index);
}

type Rows = ReturnType<typeof useVirtualizer<HTMLDivElement, Element>>;

/** When tiles change size (the film opens at the side), what was at the top stays at the top. */
function useKeptPlace(rows: Rows, columns: number, tile: number, width: number): void {
  const before = useRef({ columns, tile });
  useLayoutEffect(() => {
    const { columns: oldColumns, tile: oldTile } = before.current;
    before.current = { columns, tile };
    if (width === 0 || (oldColumns === columns && oldTile === tile)) return;
    const top = Math.floor((rows.scrollOffset ?? 0) / (oldTile + gap)) * oldColumns;
    rows.measure();
    rows.scrollToIndex(Math.floor(top / columns), { align: "start" });
  }, [rows, columns, tile, width]);
}
