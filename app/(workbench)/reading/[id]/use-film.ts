import { useState } from "react";
import { asStored, type FilmSettings } from "@/app/_viewer/film-settings";
import type { RoomFilm, RoomStudy } from "@/server/reading/schema";

export type FilmOnScreen = {
  readonly current: RoomFilm | undefined;
  /** Place among the study's films, from 0. */
  readonly at: number;
  readonly inverted: boolean;
  readonly settings: FilmSettings;
  turn(by: number): void;
  look(next: (settings: FilmSettings) => FilmSettings): void;
  invert(): void;
};

/** Which of a study's films is up, and how it is shown. Every film begins as it is stored, every study upright. */
export function useFilm(study: RoomStudy | null): FilmOnScreen {
  const [chosen, setChosen] = useState({ item: 0, at: 0, inverted: false });
  const [seen, setSeen] = useState({ film: 0, settings: asStored });
  const item = study?.item ?? 0;
  const films = study?.images ?? [];
  const mine = chosen.item === item ? chosen : { item, at: 0, inverted: false };
  const at = Math.max(0, Math.min(mine.at, films.length - 1));
  const current = films[at];
  const shown = current?.id ?? 0;
  const settings = seen.film === shown ? seen.settings : asStored;
  return {
    current,
    at,
    inverted: mine.inverted,
    settings,
    turn: (by) => setChosen({ ...mine, at: Math.max(0, Math.min(at + by, films.length - 1)) }),
    look: (next) =>
      setSeen((now) => ({ film: shown, settings: next(now.film === shown ? now.settings : asStored) })),
    invert: () => setChosen({ ...mine, inverted: !mine.inverted }),
  };
}
