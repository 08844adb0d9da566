"use client";

import { type PageKey, usePageKeys } from "@/app/_components/page-keys";
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
  const go = (by: number) => {
    const next = place === undefined ? undefined : store.at(place + by);
    if (next) onChoose(next.id);
  };
  const inList = (by: number) => place !== undefined && place + by >= 0 && place + by < count;
  // Without a chosen image the arrows scroll the list, as arrows do.
  const key = (keys: string, does: string, by: number): PageKey => ({
    keys,
    does,
    run: inList(by) ? () => go(by) : undefined,
  });
  usePageKeys("Images", [
    key("ArrowRight", "next image", 1),
    key("ArrowLeft", "previous image", -1),
    key("ArrowDown", "image below", step),
    key("ArrowUp", "image above", -step),
    { keys: "Escape", does: "close the film", run: place === undefined ? undefined : () => onChoose(null) },
  ]);
}
