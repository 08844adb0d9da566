"use client";

import { useEffect, useRef, useState } from "react";
import { fetchAhead } from "@/app/_viewer/cornerstone/fetch-ahead";
import type { FilmPicture } from "@/app/_viewer/film-picture";
import { type FilmTool, FilmViewport } from "@/app/_viewer/film-viewport";
import type { RoomStudy } from "@/server/reading/schema";
import { FilmWords } from "./film-words";
import type { Hung } from "./hanging";
import { marksOf } from "./measures";
import { OverlayWords } from "./overlay-words";
import { Strip } from "./strip";
import { ToolsBar } from "./tools-bar";
import type { FilmOnScreen } from "./use-film";
import type { OverlayOnFilm } from "./use-overlay";
import type { Regions } from "./use-regions";

type Props = {
  study: RoomStudy;
  film: FilmOnScreen;
  overlay: OverlayOnFilm;
  regions: Regions;
  /** Films to fetch and decode while this one is looked at. */
  ahead: readonly number[];
  onTool(tool: FilmTool): void;
  /** The film that is read is on the screen. */
  onSeen?(): void;
};

const placeNames = ["first", "second", "third", "fourth"] as const;
const grids = {
  1: "grid-cols-1",
  2: "grid-cols-2",
  3: "grid-cols-2 grid-rows-2",
  4: "grid-cols-2 grid-rows-2",
} as const;

/** The films of the study and of those before it, as the layout hangs them. */
export function Films({ study, film, overlay, regions, ahead, onTool, onSeen }: Props) {
  const { hung } = film;
  useEffect(() => fetchAhead(ahead), [ahead]);
  const places = Math.min(4, Math.max(1, hung.length)) as keyof typeof grids;
  return (
    <div className="grid min-h-0 grid-cols-[minmax(0,1fr)_36px] bg-black">
      <div className={`relative grid h-full min-h-0 gap-px bg-[#16191e] ${grids[places]}`}>
        {hung.length === 0 ? <Absent /> : null}
        {hung.map((one, place) => (
          // By place: the viewport stays and its film changes, which takes a few milliseconds.
          <Place
            key={placeNames[place]}
            hung={one}
            study={study}
            film={film}
            overlay={overlay}
            regions={regions}
            onSeen={onSeen}
          />
        ))}
        {hung.length === 3 ? <div className="bg-black" /> : null}
        <Strip study={study} film={film} />
      </div>
      <ToolsBar film={film} overlay={overlay} onTool={onTool} />
    </div>
  );
}

type PlaceProps = { hung: Hung } & Pick<Props, "study" | "film" | "overlay" | "regions" | "onSeen">;

function Place({ hung, study, film, overlay, regions, onSeen }: PlaceProps) {
  const { id, view, here } = hung.film;
  const [seen, setSeen] = useState<{ id: number; picture: FilmPicture } | null>(null);
  const picture = seen?.id === id ? seen.picture : null;
  // A prior that becomes the film to read is on the screen already: nothing is drawn anew.
  const up = picture !== null && hung.current ? study.item : null;
  const tell = useRef({ film, onSeen });
  tell.current = { film, onSeen };
  useEffect(() => {
    if (up === null || !picture) return;
    tell.current.film.seen(picture);
    tell.current.onSeen?.();
  }, [up, picture]);
  const title = hung.prior
    ? `Prior film, ${view}`
    : `Film of ${study.patient}, study ${study.number}, ${view}`;
  const marks = picture ? [...marksOf(film.measuresOf(id), picture), ...regions.marksOf(id)] : [];
  return (
    <div className="relative min-h-0 min-w-0 bg-black">
      {here ? (
        <FilmViewport
          imageId={id}
          alt={title}
          settings={film.settings}
          onSettings={film.look}
          inverted={film.inverted}
          tool={film.tool}
          marks={marks}
          overlay={hung.current && overlay.src ? { src: overlay.src, opacity: overlay.opacity } : undefined}
          active={hung.current}
          onShown={(shown) => setSeen({ id, picture: shown })}
          onDrawn={(line) =>
            film.tool === "rectangle" || film.tool === "ellipse"
              ? hung.prior === null && regions.draw(id, film.tool, line)
              : film.measure(id, line)
          }
        />
      ) : (
        <Absent />
      )}
      <FilmWords hung={hung} study={study} film={film} />
      {hung.current ? <OverlayWords overlay={overlay} /> : null}
    </div>
  );
}

function Absent() {
  return <p className="grid h-full place-items-center bg-black text-dim">This film is not here</p>;
}
