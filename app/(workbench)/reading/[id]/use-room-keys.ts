import { useEffect, useRef } from "react";
import { matches, usePageKeys } from "@/app/_components/page-keys";
import type { FilmTool } from "@/app/_viewer/film-viewport";
import type { Finding } from "@/server/labels/vocabulary";
import type { KeyMap } from "@/server/reading/keys";
import { type RoomActionId, roomActions } from "@/server/reading/room-actions";
import { filmActions, fixedFilmKeys } from "./film-keys";
import type { FilmOnScreen } from "./use-film";
import type { OverlayOnFilm } from "./use-overlay";

type Hands = {
  /** With their own letters; "" for none. */
  readonly findings: readonly Finding[];
  readonly keys: KeyMap;
  readonly film: FilmOnScreen;
  readonly overlay: OverlayOnFilm;
  enter(): void;
  undo(): void;
  last(): void;
  skip(): void;
  flag(): void;
  comment(): void;
  cycle(position: number, back: boolean): void;
  take(tool: FilmTool): void;
  erase(): void;
  /** Takes the suggestion; without one, its key does what it always does. */
  readonly accept: (() => void) | undefined;
};

/** One keyboard: a key for each finding and each act, the reader's own; digits and I as in every viewer. */
export function useRoomKeys(hands: Hands): void {
  const { findings, keys, film, overlay, cycle } = hands;
  const run: Readonly<Record<RoomActionId, (() => void) | undefined>> = {
    submit: hands.enter,
    undo: hands.undo,
    last: hands.last,
    skip: hands.skip,
    flag: hands.flag,
    comment: hands.comment,
    accept: hands.accept,
    overlay: overlay.next,
    "overlay-more": () => overlay.fade(1),
    "overlay-less": () => overlay.fade(-1),
    magnify: () => hands.take("magnify"),
    length: () => hands.take("length"),
    ratio: () => hands.take("ratio"),
    rectangle: () => hands.take("rectangle"),
    ellipse: () => hands.take("ellipse"),
    erase: hands.erase,
    ...filmActions(film),
  };
  const group = (name: (typeof roomActions)[number]["group"]) =>
    roomActions
      .filter((one) => one.group === name)
      .flatMap(({ id, does }) => {
        const key = keys.get(id);
        return key ? [{ keys: key, does, run: run[id] }] : [];
      });
  usePageKeys("Reading", group("Reading"));
  usePageKeys("Film", [...fixedFilmKeys(film), ...group("Film")]);
  usePageKeys("Tools: arrows and Space draw, too", [
    ...group("Tools"),
    { keys: "Escape", does: "back to window and level", run: () => hands.take("window") },
  ]);
  usePageKeys(
    "Findings: blank, positive, negative, uncertain; Shift goes back",
    findings
      .filter(({ key }) => key !== "")
      .map(({ key, name, position }) => ({ keys: key, does: name, run: () => cycle(position, false) })),
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
      const finding = findings.find(({ key }) => key !== "" && matches(event, `Shift ${key}`));
      if (!finding) return;
      event.preventDefault();
      latest.current(finding.position, true);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [findings]);
}
