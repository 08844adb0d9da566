"use client";

import { type RefObject, useState } from "react";
import { usePageKeys } from "@/app/_components/page-keys";
import type { ErrorCase } from "@/server/models/schema";

/** What is open at the side, what is chosen, how the overlay lies: moved by mouse and by keys alike. */
export function useBoard(
  cases: readonly ErrorCase[],
  open: number | null,
  grid: RefObject<HTMLElement | null>,
) {
  const [current, setCurrent] = useState(
    Math.max(
      0,
      cases.findIndex(({ image }) => image === open),
    ),
  );
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [overlay, setOverlay] = useState(true);
  const [opacity, setOpacity] = useState(0.6);

  const show = (at: number) => {
    const error = cases[at];
    if (!error) return;
    setCurrent(at);
    const url = new URL(window.location.href);
    url.searchParams.set("image", String(error.image));
    window.history.replaceState(null, "", url);
    const tile = grid.current?.querySelector<HTMLElement>(`[data-image="${error.image}"]`);
    tile?.focus({ preventScroll: true });
    tile?.scrollIntoView({ block: "nearest" });
  };
  const toggle = (image: number | undefined) => {
    if (image === undefined) return;
    const next = new Set(chosen);
    if (!next.delete(image)) next.add(image);
    setChosen(next);
  };
  const row = () => {
    const columns = grid.current ? getComputedStyle(grid.current).gridTemplateColumns : "";
    return Math.max(1, columns.split(" ").length);
  };
  usePageKeys("Errors", [
    { keys: "H", does: "overlay on or off", run: () => setOverlay(!overlay) },
    { keys: "Space", does: "choose the open film, or not", run: () => toggle(cases[current]?.image) },
    { keys: "ArrowRight", does: "next film", run: () => show(current + 1) },
    { keys: "ArrowLeft", does: "film before", run: () => show(current - 1) },
    { keys: "ArrowDown", does: "a row down", run: () => show(Math.min(current + row(), cases.length - 1)) },
    { keys: "ArrowUp", does: "a row up", run: () => show(Math.max(current - row(), 0)) },
  ]);
  return {
    current,
    chosen,
    overlay,
    opacity,
    show,
    toggle,
    setOpacity,
    setOverlay,
    clear: () => setChosen(new Set()),
  };
}
