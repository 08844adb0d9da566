"use client";

import { type PointerEvent, type RefObject, useEffect, useRef, useState } from "react";
import { type Point, type Size, toFilm, within } from "./film-geometry";
import type { FilmSettings } from "./film-settings";
import type { Line } from "./marks";

type Canvas = { readonly film: Size; readonly place: Size; readonly settings: FilmSettings };
const steps: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
/** Parts of the film's longer side that an arrow goes; with Shift it goes one pixel. */
const strides = 64;

/**
 * Draws a line from one point of the film to another: by a drag, or by keys, where the arrows move a cross and
 * Space sets the two ends. `draft` is the line so far. Null `canvas` or not `active`: nothing is drawn.
 */
export function useDrawing(
  place: RefObject<HTMLElement | null>,
  canvas: Canvas | null,
  active: boolean,
  onDrawn: (line: Line) => void,
) {
  const [start, setStart] = useState<Point | null>(null);
  const [cursor, setCursor] = useState<Point | null>(null);
  const byPointer = useRef(false);
  const stop = () => {
    byPointer.current = false;
    setStart(null);
  };
  const end = (from: Point, to: Point) => {
    stop();
    if (from.x !== to.x || from.y !== to.y) onDrawn({ from, to });
  };

  const latest = useRef<(event: KeyboardEvent) => boolean>(() => false);
  latest.current = (event) => {
    if (!active || !canvas || byPointer.current) return false;
    const middle = { x: canvas.film.width / 2, y: canvas.film.height / 2 };
    const step = steps[event.key];
    if (step) {
      const stride = event.shiftKey ? 1 : Math.max(canvas.film.width, canvas.film.height) / strides;
      const from = cursor ?? middle;
      setCursor(within({ x: from.x + step.x * stride, y: from.y + step.y * stride }, canvas.film));
      return true;
    }
    if (event.key === " ") {
      const at = cursor ?? middle;
      setCursor(at);
      if (start) end(start, at);
      else setStart(at);
      return true;
    }
    if (event.key === "Escape" && start) {
      stop();
      return true;
    }
    return false;
  };
  useEffect(() => {
    if (!active) {
      setStart(null);
      setCursor(null);
      return;
    }
    // Before the page's own keys: while somebody draws, arrows and Space are the drawing's.
    const press = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.closest("textarea, input, select");
      if (typing || event.ctrlKey || event.metaKey || document.querySelector("[role=dialog]")) return;
      if (!latest.current(event)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("keydown", press, true);
    return () => window.removeEventListener("keydown", press, true);
  }, [active]);

  const pointOf = (event: PointerEvent): Point | null => {
    const box = place.current?.getBoundingClientRect();
    if (!box || !canvas) return null;
    const at = { x: event.clientX - box.left, y: event.clientY - box.top };
    return within(toFilm(at, canvas.film, canvas.place, canvas.settings), canvas.film);
  };
  return {
    draft: start && cursor ? { from: start, to: cursor } : null,
    cursor: active && !byPointer.current ? cursor : null,
    onPointerDown(event: PointerEvent<HTMLElement>) {
      const at = active && event.button === 0 && !event.altKey ? pointOf(event) : null;
      if (!at) return;
      byPointer.current = true;
      event.currentTarget.setPointerCapture(event.pointerId);
      setStart(at);
      setCursor(at);
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (byPointer.current) setCursor(pointOf(event));
    },
    onPointerUp(event: PointerEvent<HTMLElement>) {
      const at = byPointer.current ? pointOf(event) : null;
      if (start && at) end(start, at);
      setCursor(null);
    },
    onPointerCancel: stop,
  };
}
