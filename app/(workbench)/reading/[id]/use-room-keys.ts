import { useEffect, useRef } from "react";
import { matches, type PageKey, usePageKeys } from "@/app/_components/page-keys";
import { asStored, windowPresets } from "@/app/_viewer/film-settings";
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
  usePageKeys("Film", [
    { keys: "I", does: "invert", run: film.invert },
    ...windowPresets.map(
      ({ name, window, level }, place): PageKey => ({
        keys: String(place + 1),
        does: `window: ${name.toLowerCase()}`,
        run: () => film.look((now) => ({ ...now, window, level })),
      }),
    ),
    { keys: "0", does: "whole film, as stored", run: () => film.look(() => asStored) },
    { keys: "ArrowRight", does: "next film of the study", run: () => film.turn(1) },
    { keys: "ArrowLeft", does: "film before", run: () => film.turn(-1) },
  ]);
  usePageKeys(
    "Findings: blank, positive, negative, uncertain; Shift goes back",
    findings.map(({ key, name, position }) => ({ keys: key, does: name, run: () => cycle(position, false) })),
  );
  useShiftedLetters(findings, cycle);
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
