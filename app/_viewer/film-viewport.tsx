"use client";

import { type PointerEvent, useEffect, useRef } from "react";
import { useViewport } from "./cornerstone/use-viewport";
import type { FilmPicture } from "./film-picture";
import { type FilmSettings, readout } from "./film-settings";
import { Magnifier, useMagnifier } from "./magnifier";
import type { Line, Mark, Shape } from "./marks";
import { MarksLayer } from "./marks-layer";
import { type FilmOverlay, OverlayLayer } from "./overlay-layer";
import { useDrawing } from "./use-drawing";
import { type DragTool, useFilmHands } from "./use-film-hands";
import { useSize } from "./use-size";

export type FilmTool = Exclude<DragTool, "none"> | "magnify" | "length" | "ratio" | "rectangle" | "ellipse";
const drawn: Partial<Record<FilmTool, Shape>> = {
  length: "line",
  ratio: "line",
  rectangle: "rectangle",
  ellipse: "ellipse",
};

type Props = {
  imageId: number | string;
  /** What the film shows, without its labels: "Frontal film of patient 20417, study 3". */
  alt: string;
  settings: FilmSettings;
  onSettings: (next: (settings: FilmSettings) => FilmSettings) => void;
  inverted: boolean;
  tool: FilmTool;
  marks?: readonly Mark[];
  /** A line or a box was drawn with the tool. */
  onDrawn?: (line: Line) => void;
  /** A transparent picture of the same film, laid over it. */
  overlay?: FilmOverlay;
  /** Keys draw here. */
  active?: boolean;
  /** The film is on the screen. */
  onShown?: (picture: FilmPicture) => void;
};

/**
 * A film in a Cornerstone viewport, at its full depth: wheel zooms, a drag does what the tool says, the right
 * button sets window and level, double click resets.
 */
export function FilmViewport(props: Props) {
  const { imageId, alt, settings, inverted, tool, overlay, marks = [], active = true, onShown } = props;
  const place = useRef<HTMLDivElement>(null);
  const element = useRef<HTMLDivElement>(null);
  const { shown, problem } = useViewport(element, imageId, { settings, inverted });
  const size = useSize(place);
  const shape = drawn[tool];
  const canvas = shown && size ? { film: shown.picture, place: size, settings } : null;
  const drawing = useDrawing(
    place,
    canvas,
    active && shape !== undefined && props.onDrawn !== undefined,
    (line) => props.onDrawn?.(line),
  );
  const moves = tool === "window" || tool === "pan" || tool === "zoom";
  const hands = useFilmHands(place, props.onSettings, moves ? tool : "none");
  const glass = useMagnifier(place, tool === "magnify");
  const draft = drawing.draft && shape ? [{ ...drawing.draft, id: "draft", shape, text: "" }] : [];

  const tell = useRef(onShown);
  tell.current = onShown;
  useEffect(() => {
    if (shown) tell.current?.(shown.picture);
  }, [shown]);

  const both =
    (name: "onPointerDown" | "onPointerUp" | "onPointerCancel") => (event: PointerEvent<HTMLDivElement>) => {
      hands[name](event);
      drawing[name](event);
    };
  return (
    <div
      ref={place}
      role="img"
      aria-label={alt}
      {...hands}
      onPointerDown={both("onPointerDown")}
      onPointerUp={both("onPointerUp")}
      onPointerCancel={both("onPointerCancel")}
      onPointerMove={(event) => {
        hands.onPointerMove(event);
        drawing.onPointerMove(event);
        glass.onPointerMove(event);
      }}
      onPointerLeave={glass.onPointerLeave}
      data-shown={shown ? imageId : undefined}
      className={`relative h-full select-none overflow-hidden bg-black ${shape ? "cursor-crosshair" : ""}`}
      style={{ touchAction: "none" }}
    >
      {/* The film before stays in the canvas until the next is drawn: it must not be seen beneath its findings. */}
      <div ref={element} className="absolute inset-0" style={{ visibility: shown ? "visible" : "hidden" }} />
      {canvas && overlay ? <OverlayLayer {...canvas} overlay={overlay} /> : null}
      {canvas ? <MarksLayer {...canvas} marks={[...marks, ...draft]} cursor={drawing.cursor} /> : null}
      {glass.at && shown ? <Magnifier place={element} at={glass.at} /> : null}
      {shown ? (
        <div className="pointer-events-none absolute bottom-3 left-3 text-[#9aa4b2] text-[12px] [text-shadow:0_1px_2px_#000]">
          {readout(settings, shown.picture.grey)}
        </div>
      ) : (
        <div className="absolute inset-0 grid place-items-center text-[#9aa4b2] opacity-100 transition-opacity delay-500 starting:opacity-0">
          {problem ?? "Loading film"}
        </div>
      )}
    </div>
  );
}
