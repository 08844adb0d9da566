"use client";

import type { ReactNode } from "react";
import { RelativeTime } from "@/app/_components/relative-time";
import { FilmView } from "@/app/_viewer/film-view";
import type { HeldFilm } from "@/server/datasets/quarantine/schema";
import { Decide } from "./decide";

type Props = { film: HeldFilm; chosen: readonly number[] };

/** The film that is looked at, why it waits, and the decision: about it, or about those that are chosen. */
export function HeldSide({ film, chosen }: Props) {
  const { id, patient, view, width, height } = film;
  return (
    <aside
      aria-label="Film to decide about"
      className="sticky top-0 flex flex-col gap-3 rounded-[10px] border border-line bg-panel p-4"
    >
      <FilmView
        imageId={id}
        src={`/api/quarantine/${id}`}
        alt={`${view} film of ${patient}`}
        showReadout
        className="h-[min(560px,calc(100vh-440px))] min-h-[300px] rounded-lg"
      />
      <p className="text-dim">
        The wheel zooms, a drag moves, the right button sets window and level. Look at the corners and edges,
        dark and bright.
      </p>
      <dl className="grid grid-cols-[88px_1fr]">
        <Fact name="why">{film.reason}</Fact>
        <Fact name="film">
          {patient}{" "}
          <span className="text-dim">
            {view}, {width} × {height} px
          </span>
        </Fact>
        <Fact name="dataset">
          {film.dataset}{" "}
          <span className="text-dim">
            waits since <RelativeTime at={film.since} />
          </span>
        </Fact>
      </dl>
      <Decide ids={chosen.length > 0 ? chosen : [id]} />
    </aside>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="col-span-2 grid grid-cols-subgrid border-line border-b px-2.5 py-1.5">
      <dt className="text-dim">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}
