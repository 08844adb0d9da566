"use client";

import { type MouseEvent, type PointerEvent, type RefObject, useEffect, useRef } from "react";
import type { Point } from "./film-geometry";
import { asStored, type FilmSettings, panned, windowed, zoomedAt } from "./film-settings";

type Change = (next: (settings: FilmSettings) => FilmSettings) => void;
/** What a drag with the left button does; `none` where somebody else draws with it. */
export type DragTool = "pan" | "window" | "zoom" | "none";
type Drag = { readonly pointer: number; readonly tool: DragTool; x: number; y: number };

/**
 * What hands do on a film: the wheel zooms at the pointer, a drag does what the tool says, with the middle button
 * it pans, with the right one or with Alt it sets window and level; a double click shows the film as it is stored.
 */
export function useFilmHands(place: RefObject<HTMLElement | null>, change: Change, left: DragTool = "pan") {
  const drag = useRef<Drag>(null);
  const changeNow = useRef(change);
  changeNow.current = change;

  // React listens to wheels passively; the page must not scroll under a zoom.
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const at = {
        x: event.clientX - box.left - box.width / 2,
        y: event.clientY - box.top - box.height / 2,
      };
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 33 : 1;
      const factor = Math.exp((-event.deltaY * lines) / 500);
      changeNow.current((settings) => zoomedAt(settings, factor, at, box));
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [place]);

  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button > 2 || drag.current) return;
      const tool = event.button === 1 ? "pan" : event.button === 2 || event.altKey ? "window" : left;
      if (tool === "none") return;
      drag.current = { pointer: event.pointerId, tool, x: event.clientX, y: event.clientY };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const held = drag.current;
      if (held?.pointer !== event.pointerId) return;
      const by = { x: event.clientX - held.x, y: event.clientY - held.y };
      held.x = event.clientX;
      held.y = event.clientY;
      const box = event.currentTarget.getBoundingClientRect();
      change((settings) => dragged(settings, held.tool, by, box));
    },
    onDoubleClick: () => left === "none" || change(() => asStored),
    // The right button drags.
    onContextMenu: (event: MouseEvent<HTMLElement>) => event.preventDefault(),
    onPointerUp: release,
    onPointerCancel: release,
  };

  function release(event: PointerEvent<HTMLElement>) {
    if (drag.current?.pointer === event.pointerId) drag.current = null;
  }
}

function dragged(settings: FilmSettings, tool: DragTool, by: Point, place: DOMRect): FilmSettings {
  if (tool === "window") return windowed(settings, by);
  // Downwards comes closer, as in the viewers that readers know.
  if (tool === "zoom") return zoomedAt(settings, Math.exp(by.y / 200), { x: 0, y: 0 }, place);
  return panned(settings, by, place);
}
