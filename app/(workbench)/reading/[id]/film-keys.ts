import type { PageKey } from "@/app/_components/page-keys";
import { type FilmSettings, panned, windowed, zoomedAt } from "@/app/_viewer/film-settings";
import type { RoomActionId } from "@/server/reading/room-actions";
import type { FilmOnScreen } from "./use-film";

/** Pixels of the screen that a key moves, and the place that it is reckoned in. */
const step = 40;
const anyPlace = { width: 800, height: 800 };
const middle = { x: 0, y: 0 };

type Look = (now: FilmSettings) => FilmSettings;

/** What the changeable keys do to the films. */
export function filmActions(film: FilmOnScreen) {
  const look = (next: Look) => () => film.look(next);
  return {
    swap: film.swap,
    layout: () => film.arrange(),
    "next-film": () => film.turn(1),
    "film-before": () => film.turn(-1),
    "older-prior": () => film.older(1),
    "newer-prior": () => film.older(-1),
    wider: look((now) => windowed(now, { x: 12, y: 0 })),
    narrower: look((now) => windowed(now, { x: -12, y: 0 })),
    brighter: look((now) => windowed(now, { x: 0, y: 12 })),
    darker: look((now) => windowed(now, { x: 0, y: -12 })),
    "zoom-in": look((now) => zoomedAt(now, 1.25, middle, anyPlace)),
    "zoom-out": look((now) => zoomedAt(now, 0.8, middle, anyPlace)),
  } satisfies Partial<Record<RoomActionId, () => void>>;
}

/** Those that stay: digits and I as in every viewer, and Shift with the arrows. */
export function fixedFilmKeys(film: FilmOnScreen): readonly PageKey[] {
  const look = (next: Look) => () => film.look(next);
  const pan = (x: number, y: number) => look((now) => panned(now, { x: x * step, y: y * step }, anyPlace));
  return [
    ...film.presets.map(({ name, window, level }, place) => ({
      keys: String(place + 1),
      does: `window: ${name.toLowerCase()}`,
      run: look((now) => ({ ...now, window, level })),
    })),
    { keys: "0", does: "whole film, as stored", run: film.reset },
    { keys: "I", does: "invert", run: film.invert },
    { keys: "Shift ArrowLeft", does: "move the film", run: pan(-1, 0) },
    { keys: "Shift ArrowRight", does: "move the film", run: pan(1, 0) },
    { keys: "Shift ArrowUp", does: "move the film", run: pan(0, -1) },
    { keys: "Shift ArrowDown", does: "move the film", run: pan(0, 1) },
  ];
}
