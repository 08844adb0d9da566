import { useEffect, useState } from "react";
import type { FilmPicture } from "@/app/_viewer/film-picture";
import { asStored, type FilmSettings, presetsOf, windowPresets } from "@/app/_viewer/film-settings";
import type { FilmTool } from "@/app/_viewer/film-viewport";
import type { Line } from "@/app/_viewer/marks";
import type { RoomFilm, RoomStudy } from "@/server/reading/schema";
import { firstLayout, type Hung, hanging, type Layout, layouts } from "./hanging";
import { type Measures, measured, noMeasures, withoutLast } from "./measures";

type Choice = {
  readonly at: number;
  readonly prior: number;
  readonly swapped: boolean;
  readonly inverted: boolean;
  readonly tool: FilmTool;
  readonly settings: FilmSettings;
  readonly measures: Readonly<Record<number, Measures>>;
};
const first: Choice = {
  at: 0,
  prior: 0,
  swapped: false,
  inverted: false,
  tool: "window",
  settings: asStored,
  measures: {},
};

/**
 * Which films are up, and how they are shown. Window, zoom and place are one for all: what hangs side by side is
 * compared. Every study begins upright and as stored; the layout that a reader chose stays.
 */
export function useFilm(study: RoomStudy | null) {
  const item = study?.item ?? 0;
  const [held, setHeld] = useState({ item, choice: first });
  const [chosen, setChosen] = useState<Layout | null>(null);
  const [presets, setPresets] = useState(windowPresets);
  const choice = held.item === item ? held.choice : first;
  const change = (next: (now: Choice) => Partial<Choice>) =>
    setHeld((now) => {
      const before = now.item === item ? now.choice : first;
      return { item, choice: { ...before, ...next(before) } };
    });
  const films = study?.images ?? [];
  const priors = study?.priors ?? [];
  const at = Math.max(0, Math.min(choice.at, films.length - 1));
  const layout = chosen ?? (study ? firstLayout(study) : 1);
  const hung: readonly Hung[] = study ? hanging(study, { ...choice, at, layout }) : [];
  const current: RoomFilm | undefined = films[at];
  const mostPriors = Math.max(0, priors.length - 1);
  const measuresOf = (film: number, all = choice.measures) => all[film] ?? noMeasures;

  // A layout without a choice is the study's own; one that shows the same as another is no step of the key.
  useEffect(() => {
    if (chosen !== null) localStorage.setItem("overread.layout", String(chosen));
  }, [chosen]);
  useEffect(() => {
    const kept = layouts.find((one) => String(one) === localStorage.getItem("overread.layout"));
    if (kept) setChosen(kept);
  }, []);

  return {
    ...choice,
    at,
    current,
    hung,
    layout,
    /** Windows on the digits, and what is known of the film that is read once it is up. */
    presets,
    seen: ({ grey, otherWindows = [] }: FilmPicture) =>
      setPresets(otherWindows.length === 0 ? windowPresets : presetsOf(grey, otherWindows)),
    turn: (by: number) => change((now) => ({ at: Math.max(0, Math.min(now.at + by, films.length - 1)) })),
    /** Goes to an older or a newer earlier study. */
    older: (by: number) => change((now) => ({ prior: Math.max(0, Math.min(now.prior + by, mostPriors)) })),
    swap: () => priors.length > 0 && change((now) => ({ swapped: !now.swapped })),
    arrange: (next?: Layout) =>
      setChosen(next ?? layouts[(layouts.indexOf(layout) + 1) % layouts.length] ?? 1),
    look: (next: (settings: FilmSettings) => FilmSettings) =>
      change((now) => ({ settings: next(now.settings) })),
    reset: () => change(() => ({ settings: asStored, inverted: false, swapped: false })),
    invert: () => change((now) => ({ inverted: !now.inverted })),
    take: (tool: FilmTool) => change((now) => ({ tool: now.tool === tool ? "window" : tool })),
    measuresOf,
    measure: (film: number, line: Line) =>
      change(({ measures, tool }) => ({
        measures: { ...measures, [film]: measured(measuresOf(film, measures), tool, line) },
      })),
    unmeasure: (film: number) =>
      change(({ measures }) => ({
        measures: { ...measures, [film]: withoutLast(measuresOf(film, measures)) },
      })),
  };
}

export type FilmOnScreen = ReturnType<typeof useFilm>;
