import { useEffect, useRef } from "react";
import { matches, type PageKey, usePageKeys } from "@/app/_components/page-keys";
import { type FilmSettings, panned, windowed, windowPresets, zoomedAt } from "@/app/_viewer/film-settings";
import type { FilmTool } from "@/app/_viewer/film-viewport";
import type { Finding } from "@/server/labels/vocabulary";
import type { FilmOnScreen } from "./use-film";

type Hands = {
  readonly findings: readonly Finding[];
  readonly film: FilmOnScreen;
  enter(): void;
  undo(): void;
  skip(): void;
  flag(): void;
  comment(): void;
  cycle(position: number, back: boolean): void;
  take(tool: FilmTool): void;
  erase(): void;
  /** Takes the suggestion; without one, Tab goes where it always goes. */
  readonly accept: (() => void) | undefined;
};

/** One keyboard: a letter for each finding, Enter for the rest; digits and I as in the viewers readers know. */
export function useRoomKeys(hands: Hands): void {
  const { findings, film, cycle } = hands;
  usePageKeys("Reading", [
    { keys: "Enter", does: "submit; then the next study", run: hands.enter },
    { keys: "U", does: "undo the last read or skip", run: hands.undo },
    { keys: "S", does: "skip, with a reason", run: hands.skip },
    { keys: "F", does: "flag", run: hands.flag },
    { keys: "M", does: "comment; Escape leaves it", run: hands.comment },
    { keys: "Tab", does: "take the suggestion along", run: hands.accept },
  ]);
  usePageKeys("Film", filmKeys(film));
  usePageKeys("Tools: arrows and Space draw, too", [
    { keys: "Z", does: "magnifier", run: () => hands.take("magnify") },
    { keys: "'", does: "length", run: () => hands.take("length") },
    { keys: ";", does: "cardiothoracic ratio: heart, then chest", run: () => hands.take("ratio") },
    { keys: "B", does: "box for the finding set last", run: () => hands.take("rectangle") },
    { keys: "Q", does: "ellipse for the finding set last", run: () => hands.take("ellipse") },
    { keys: "Backspace", does: "take the last mark off this film", run: hands.erase },
    { keys: "Escape", does: "back to window and level", run: () => hands.take("window") },
  ]);
  usePageKeys(
    "Findings: blank, positive, negative, uncertain; Shift goes back",
    findings.map(({ key, name, position }) => ({ keys: key, does: name, run: () => cycle(position, false) })),
  );
  useShiftedLetters(findings, cycle);
}

/** Pixels of the screen that a key moves, and the place that it is reckoned in. */
const step = 40;
const anyPlace = { width: 800, height: 800 };
const middle = { x: 0, y: 0 };

function filmKeys(film: FilmOnScreen): PageKey[] {
  const look = (next: (now: FilmSettings) => FilmSettings) => () => film.look(next);
  const pan = (x: number, y: number) => look((now) => panned(now, { x: x * step, y: y * step }, anyPlace));
  return [
    { keys: "Space", does: "swap current and prior", run: film.swap },
    { keys: "\\", does: "one film, two, four", run: () => film.arrange() },
    // Before the bare arrows, which match with Shift too.
    { keys: "Shift ArrowLeft", does: "move the film", run: pan(-1, 0) },
    { keys: "Shift ArrowRight", does: "move the film", run: pan(1, 0) },
    { keys: "Shift ArrowUp", does: "move the film", run: pan(0, -1) },
    { keys: "Shift ArrowDown", does: "move the film", run: pan(0, 1) },
    { keys: "ArrowRight", does: "next film of the study", run: () => film.turn(1) },
    { keys: "ArrowLeft", does: "film before", run: () => film.turn(-1) },
    { keys: "ArrowDown", does: "older prior", run: () => film.older(1) },
    { keys: "ArrowUp", does: "newer prior", run: () => film.older(-1) },
    { keys: "I", does: "invert", run: film.invert },
    ...windowPresets.map(({ name, window, level }, place) => ({
      keys: String(place + 1),
      does: `window: ${name.toLowerCase()}`,
      run: look((now) => ({ ...now, window, level })),
    })),
    { keys: "]", does: "wider window", run: look((now) => windowed(now, { x: 12, y: 0 })) },
    { keys: "[", does: "narrower window", run: look((now) => windowed(now, { x: -12, y: 0 })) },
    { keys: ".", does: "brighter", run: look((now) => windowed(now, { x: 0, y: 12 })) },
    { keys: ",", does: "darker", run: look((now) => windowed(now, { x: 0, y: -12 })) },
    { keys: "=", does: "zoom in", run: look((now) => zoomedAt(now, 1.25, middle, anyPlace)) },
    { keys: "-", does: "zoom out", run: look((now) => zoomedAt(now, 0.8, middle, anyPlace)) },
    { keys: "0", does: "whole film, as stored", run: film.reset },
  ];
}

/** The same letters backwards; they would double the list of keys. */
function useShiftedLetters(findings: readonly Finding[], cycle: Hands["cycle"]): void {
  const latest = useRef(cycle);
  useEffect(() => {
    latest.current = cycle;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.closest("textarea, input");
      if (event.defaultPrevented || typing || document.querySelector("[role=dialog]")) return;
      const finding = findings.find(({ key }) => matches(event, `Shift ${key}`));
      if (!finding) return;
      event.preventDefault();
      latest.current(finding.position, true);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [findings]);
}
