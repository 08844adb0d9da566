"use client";

import { useRef, useState } from "react";
import { Button } from "@/app/_components/button";
import { usePageKeys } from "@/app/_components/page-keys";
import type { HeldFilm } from "@/server/datasets/quarantine/schema";
import { HeldSide } from "./held-side";
import { HeldTile } from "./held-tile";

/** The films that wait, and the one that is looked at beside them, large enough to read what may stand in it. */
export function QuarantineBoard({ films }: { films: readonly HeldFilm[] }) {
  const [at, setAt] = useState(0);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const grid = useRef<HTMLUListElement>(null);
  const current = films[at];
  const show = (next: number) => {
    const film = films[next];
    if (!film) return;
    setAt(next);
    const tile = grid.current?.querySelector<HTMLElement>(`[data-film="${film.id}"]`);
    tile?.focus({ preventScroll: true });
    tile?.scrollIntoView({ block: "nearest" });
  };
  const toggle = (id: number | undefined) => {
    if (id === undefined) return;
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const all = chosen.size === films.length;
  const toggleAll = () => setChosen(all ? new Set() : new Set(films.map(({ id }) => id)));
  usePageKeys("Quarantine", [
    { keys: "ArrowRight", does: "next film", run: () => show(at + 1) },
    { keys: "ArrowLeft", does: "film before", run: () => show(at - 1) },
    { keys: "Space", does: "choose the open film, or not", run: () => toggle(current?.id) },
    { keys: "A", does: "choose all on this page, or none", run: toggleAll },
  ]);
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(440px,560px)]">
      <div className="flex min-w-0 flex-col gap-3">
        <div className="flex items-center justify-between gap-3">
          <p className="text-dim">{chosen.size === 0 ? "None chosen" : `${chosen.size} chosen`}</p>
          <Button size="sm" onPress={toggleAll}>
            {all ? "Choose none" : "Choose all on this page"}
          </Button>
        </div>
        <ul
          ref={grid}
          aria-label="Films in quarantine"
          className="grid grid-cols-[repeat(auto-fill,minmax(168px,1fr))] gap-2.5"
        >
          {films.map((film, place) => (
            <HeldTile
              key={film.id}
              film={film}
              isCurrent={place === at}
              isChosen={chosen.has(film.id)}
              onShow={() => show(place)}
              onToggle={() => toggle(film.id)}
            />
          ))}
        </ul>
      </div>
      {current ? <HeldSide film={current} chosen={[...chosen]} /> : null}
    </div>
  );
}
