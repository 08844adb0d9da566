"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/app/_components/button";
import { usePageKeys } from "@/app/_components/page-keys";
import { RelativeTime } from "@/app/_components/relative-time";
import { FilmView } from "@/app/_viewer/film-view";
import type { HeldFilm } from "@/server/datasets/quarantine/schema";
import { Decide } from "./decide";

type Props = { film: HeldFilm; chosen: readonly number[] };

/** The film that is looked at, why it waits, and the decision: about it, or about those that are chosen. */
export function HeldSide({ film, chosen }: Props) {
  const { id, patient, view, width, height } = film;
  // What its own window shows white or black may hold text that another window would show.
  const [every, setEvery] = useState(true);
  const turn = () => setEvery(!every);
  usePageKeys("Film", [{ keys: "W", does: "all grey values told apart, or as readers see it", run: turn }]);
  return (
    <aside
      aria-label="Film to decide about"
      className="sticky top-0 flex flex-col gap-3 rounded-[10px] border border-line bg-panel p-4"
    >
      <FilmView
        imageId={id}
        src={`/api/quarantine/${id}${every ? "/every-value" : ""}`}
        alt={`${view} film of ${patient}`}
        showReadout
        className="h-[min(560px,calc(100vh-440px))] min-h-[300px] rounded-lg"
      />
      <div className="flex items-start justify-between gap-3">
        <p className="text-dim">
          {every
            ? "All grey values told apart, so that no text hides beyond the window."
            : "As readers see it first."}{" "}
          The wheel zooms, a drag moves. Look at corners and edges.
        </p>
        <Button size="sm" onPress={turn}>
          {every ? "As readers see it" : "All grey values"}
        </Button>
      </div>
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
