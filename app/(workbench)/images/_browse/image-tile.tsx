"use client";

import Image from "next/image";
import { memo, useEffect, useRef, useState } from "react";
import { StateDot } from "@/app/_components/state-dot";
import type { ImageRow } from "@/server/images/browse/schema";
import { stateAt } from "@/server/labels/states";
import type { Hovered } from "./hover-card";
import { NoFilm } from "./no-film";
import type { ShownFinding } from "./types";

type Props = {
  image: ImageRow;
  marked: readonly ShownFinding[];
  selected: boolean;
  onChoose: (id: number) => void;
  onHover: (hovered: Hovered | null) => void;
};

/** One thumbnail with its patient and the states of the findings that are filtered by. */
export const ImageTile = memo(function ImageTile({ image, marked, selected, onChoose, onHover }: Props) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const button = useRef<HTMLButtonElement>(null);
  // Arrows move the choice; a focus that stands on another thumbnail goes with it.
  useEffect(() => {
    if (selected && document.activeElement?.hasAttribute("data-tile")) {
      button.current?.focus({ preventScroll: true });
    }
  }, [selected]);
  const point = (target: HTMLElement) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onHover({ image, beside: target.getBoundingClientRect() }), 350);
  };
  const leave = () => {
    clearTimeout(timer.current);
    onHover(null);
  };
  return (
    <button
      ref={button}
      type="button"
      data-tile
      aria-current={selected ? "true" : undefined}
      onClick={() => {
        leave();
        onChoose(image.id);
      }}
      onMouseEnter={(event) => point(event.currentTarget)}
      onMouseLeave={leave}
      className={`relative block size-full cursor-pointer overflow-hidden rounded-md border bg-black text-left ${
        selected ? "border-accent outline outline-accent" : "border-line hover:border-faint"
      }`}
    >
      <span className="absolute inset-x-0 bottom-0 z-10 flex items-end gap-1.5 bg-gradient-to-t from-black/85 to-transparent px-2 pt-5 pb-1 text-[#c9d1db] text-[12px] leading-4">
        <span className="truncate">
          {image.patient}
          <span className="sr-only">
            , {image.study}, {image.view}{" "}
          </span>
        </span>
        {image.labels === null ? null : <States labels={image.labels} marked={marked} />}
      </span>
      {image.film ? <Thumbnail id={image.id} /> : <NoFilm />}
    </button>
  );
});

/** A place of the list whose image is still on its way. */
export function TilePlaceholder() {
  return <div aria-hidden className="size-full rounded-md border border-line bg-panel" />;
}

/** Shapes in the colours for dark: they stand on the film. */
function States({ labels, marked }: { labels: string; marked: readonly ShownFinding[] }) {
  return (
    <span data-theme="dark" className="ml-auto flex shrink-0 gap-1 pb-0.5">
      {marked.slice(0, 6).map(({ position, name }) => (
        <span key={name} title={`${name}: ${stateAt(labels, position)}`}>
          <span className="sr-only">{name} </span>
          <StateDot state={stateAt(labels, position)} size={10} />
        </span>
      ))}
    </span>
  );
}

function Thumbnail({ id }: { id: number }) {
  const [lost, setLost] = useState(false);
  if (lost) return <NoFilm />;
  return (
    <Image
      src={`/api/images/${id}/thumbnail`}
      alt=""
      fill
      unoptimized
      loading="eager"
      decoding="async"
      draggable={false}
      onError={() => setLost(true)}
      className="object-contain"
    />
  );
}
