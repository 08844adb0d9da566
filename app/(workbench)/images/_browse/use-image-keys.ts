"use client";

import { useEffect, useEffectEvent } from "react";
import type { PageStore } from "./page-store";

type Props = {
  /** The chosen image's place in the list. */
  place: number | undefined;
  /** Images in a row of the grid; 1 in the table. */
  step: number;
  count: number;
  store: PageStore;
  onChoose: (id: number | null) => void;
};

/** While a film is at the side, arrows go to its neighbours and Escape puts it away. */
export function useImageKeys({ place, step, count, store, onChoose }: Props): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
      return;
    if (event.key === "Escape") onChoose(null);
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -step, ArrowDown: step }[event.key];
    if (by === undefined || place === undefined) return;
    const next = place + by;
    if (next < 0 || next >= count) return;
    event.preventDefault();
    const image = store.at(next);
    if (image) onChoose(image.id);
  });
  useEffect(() => {
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.closest('[role="listbox"], [role="menu"], [role="dialog"]') !== null
  );
}
