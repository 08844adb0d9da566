"use client";

import { type PointerEvent, type RefObject, useEffect, useRef, useState } from "react";
import type { Point } from "./film-geometry";

const diameter = 220;
const times = 2.5;

/** Where the magnifier is: under the pointer, from its first movement on. */
export function useMagnifier(place: RefObject<HTMLElement | null>, active: boolean) {
  const [at, setAt] = useState<Point | null>(null);
  return {
    at: active ? at : null,
    onPointerMove(event: PointerEvent) {
      const box = active ? place.current?.getBoundingClientRect() : undefined;
      if (box) setAt({ x: event.clientX - box.left, y: event.clientY - box.top });
    },
    onPointerLeave: () => setAt(null),
  };
}

/** A round glass over the film: what lies under it, two and a half times as large. */
export function Magnifier({ place, at }: { place: RefObject<HTMLElement | null>; at: Point }) {
  const glass = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const film = place.current?.querySelector("canvas");
    const context = glass.current?.getContext("2d");
    if (!film || !context) return;
    const ratio = film.width / film.clientWidth;
    const side = (diameter / times) * ratio;
    context.fillStyle = "#000";
    context.fillRect(0, 0, diameter, diameter);
    const [x, y] = [at.x * ratio - side / 2, at.y * ratio - side / 2];
    context.drawImage(film, x, y, side, side, 0, 0, diameter, diameter);
  }, [place, at]);
  return (
    <canvas
      ref={glass}
      width={diameter}
      height={diameter}
      className="pointer-events-none absolute rounded-full border border-[#9aa4b2]"
      style={{ left: at.x - diameter / 2, top: at.y - diameter / 2 }}
    />
  );
}
