import { useState } from "react";
import type { RoomStudy } from "@/server/reading/schema";

const step = 0.1;

/**
 * The model's map that lies over the film that is read. Off when a study comes up: nobody sees one unasked. A blind
 * study has none, because nothing of it is in the page (server/reading/room-study.ts).
 */
export function useOverlay(study: RoomStudy | null, image: number | undefined) {
  const [held, setHeld] = useState<{ item: number; run: number | null }>({ item: 0, run: null });
  const [opacity, setOpacity] = useState(0.6);
  const item = study?.item ?? 0;
  const maps = study?.known?.saliency.filter((map) => map.image === image) ?? [];
  const run = held.item === item ? held.run : null;
  const at = maps.findIndex((map) => map.run === run);
  const shown = maps[at] ?? null;
  return {
    /** Whether this film has any. */
    any: maps.length > 0,
    shown,
    src: shown ? `/api/reading/overlays/${item}/${shown.image}?run=${shown.run}` : null,
    opacity,
    setOpacity,
    /** Each run's in turn, then none. */
    next: () => setHeld({ item, run: maps[at + 1]?.run ?? null }),
    fade: (by: 1 | -1) =>
      setOpacity((now) => Math.round(10 * Math.min(1, Math.max(step, now + by * step))) / 10),
  };
}

export type OverlayOnFilm = ReturnType<typeof useOverlay>;
