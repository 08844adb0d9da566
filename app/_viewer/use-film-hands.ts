"use client";

import { type MouseEvent, type PointerEvent, type RefObject, useEffect, useRef } from "react";
import { asStored, type FilmSettings, panned, windowed, zoomedAt } from "./film-settings";

type Change = (next: (settings: FilmSettings) => FilmSettings) => void;
type Drag = { readonly pointer: number; readonly tool: "pan" | "window"; x: number; y: number };

/**
 * What hands do on a film: the wheel zooms at the pointer, a drag pans, a drag with the right button or with
 * Alt sets window and level, a double click shows the film as it is stored.
 */
export function useFilmHands(place: RefObject<HTMLElement | null>, change: Change) {
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
      const tool = event.button === 2 || event.altKey ? "window" : "pan";
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
      change((settings) => (held.tool === "pan" ? panned(settings, by, box) : windowed(settings, by)));
    },
    onDoubleClick: () => change(() => asStored),
    // The right button drags.
    onContextMenu: (event: MouseEvent<HTMLElement>) => event.preventDefault(),
    onPointerUp: release,
    onPointerCancel: release,
  };

  function release(event: PointerEvent<HTMLElement>) {
    if (drag.current?.pointer === event.pointerId) drag.current = null;
  }
}
