import { type PageKey, usePageKeys } from "@/app/_components/page-keys";
import type { FilmTool } from "@/app/_viewer/film-viewport";
import type { Finding } from "@/server/labels/vocabulary";
import type { KeyMap } from "@/server/reading/keys";
import { type RoomActionId, roomActions } from "@/server/reading/room-actions";
import { filmActions, fixedFilmKeys } from "../film-keys";
import type { FilmOnScreen } from "../use-film";
import type { OverlayOnFilm } from "../use-overlay";

type Hands = {
  readonly rows: readonly Finding[];
  readonly agreed: readonly Finding[];
  readonly keys: KeyMap;
  readonly film: FilmOnScreen;
  readonly overlay: OverlayOnFilm;
  side(which: 0 | 1): void;
  move(by: number): void;
  letter(position: number): void;
  enter(): void;
  later(): void;
  undo(): void;
  comment(): void;
  fold(): void;
  take(tool: FilmTool): void;
  erase(): void;
  /** Whose regions of the finding decided last are kept. */
  keepNext(): void;
  /** What lies over the film. */
  layOver(): void;
};

/**
 * One key for either side, one for a third value. They are the adjudicator's own keys of the reading room: what
 * turns films there takes a side here, what submits settles. Films are turned by PageUp and PageDown instead.
 */
export function useCaseKeys(hands: Hands): void {
  const { film, overlay, rows, agreed, keys, letter } = hands;
  const by = (action: RoomActionId, does: string, run: () => void): PageKey[] => {
    const key = keys.get(action);
    return key ? [{ keys: key, does, run }] : [];
  };
  usePageKeys("Adjudication", [
    ...by("film-before", "take the left side", () => hands.side(0)),
    ...by("next-film", "take the right side", () => hands.side(1)),
    ...by("older-prior", "next finding", () => hands.move(1)),
    ...by("newer-prior", "finding before", () => hands.move(-1)),
    ...by("submit", "settle and hang the next case", hands.enter),
    ...by("undo", "undo the last decision", hands.undo),
    ...by("skip", "leave this case for later", hands.later),
    ...by("flag", "unfold or fold what is agreed", hands.fold),
    ...by("comment", "comment; Esc leaves it", hands.comment),
  ]);
  const letters = (findings: readonly Finding[]) =>
    findings
      .filter(({ key }) => key !== "")
      .map(({ key, name, position }) => ({ keys: key, does: name, run: () => letter(position) }));
  usePageKeys("Disputed findings: what neither side says", letters(rows));
  usePageKeys("Agreed findings: blank, positive, negative, uncertain", letters(agreed));
  const acts: Partial<Record<RoomActionId, () => void>> = filmActions(film);
  const looks = roomActions.flatMap(({ id, does }) => {
    const act = turning.has(id) ? undefined : acts[id];
    return act ? by(id, does, act) : [];
  });
  usePageKeys("Film", [
    ...fixedFilmKeys(film),
    ...looks,
    ...by("magnify", "magnifier", () => hands.take("magnify")),
    ...by("length", "length", () => hands.take("length")),
    ...by("ratio", "cardiothoracic ratio: heart, then chest", () => hands.take("ratio")),
    ...by("rectangle", "box for the finding decided last", () => hands.take("rectangle")),
    ...by("ellipse", "ellipse for the finding decided last", () => hands.take("ellipse")),
    ...by("erase", "take the last mark off this film", hands.erase),
    ...by("last", "of the finding decided last keep the next reader's regions, or none", hands.keepNext),
    ...by(
      "overlay",
      "over the film: saliency of each model, lungs, regions of each reader, none",
      hands.layOver,
    ),
    // After her own keys: what she gave one of these to goes before it.
    { keys: "PageDown", does: "next film of the study", run: () => film.turn(1) },
    { keys: "PageUp", does: "film before", run: () => film.turn(-1) },
    { keys: "End", does: "older prior", run: () => film.older(1) },
    { keys: "Home", does: "newer prior", run: () => film.older(-1) },
    { keys: "Shift PageUp", does: "more of the overlay", run: () => overlay.fade(1) },
    { keys: "Shift PageDown", does: "less of the overlay", run: () => overlay.fade(-1) },
    { keys: "Escape", does: "back to window and level", run: () => hands.take("window") },
  ]);
}

/** What these keys do in the reading room is done by others here. */
const turning: ReadonlySet<RoomActionId> = new Set([
  "next-film",
  "film-before",
  "older-prior",
  "newer-prior",
]);
