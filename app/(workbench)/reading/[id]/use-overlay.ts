import { useState } from "react";
import type { FilmOverlays, RoomStudy, Saliency } from "@/server/reading/schema";

const step = 0.1;

/** What can lie over a film: a model's map, or the lungs. */
type Layer = { readonly kind: "saliency"; readonly map: Saliency } | { readonly kind: "lungs" };
const nameOf = (layer: Layer) => (layer.kind === "lungs" ? "lungs" : `run ${layer.map.run}`);

/**
 * What lies over the film that is read or judged. Off when a study comes up: nobody sees a map unasked. A blind
 * study has none, because nothing of it is in the page (server/reading/room-study.ts).
 */
export function useOverlay(study: RoomStudy | null, image: number | undefined) {
  const [held, setHeld] = useState<{ item: number; name: string | null }>({ item: 0, name: null });
  const [opacity, setOpacity] = useState(0.6);
  const item = study?.item ?? 0;
  const layers = study && image !== undefined ? layersOf(study.overlays, image) : [];
  const at = held.item === item ? layers.findIndex((layer) => nameOf(layer) === held.name) : -1;
  const shown = layers[at] ?? null;
  const run = shown?.kind === "saliency" ? `?run=${shown.map.run}` : "";
  const next = layers[at + 1];
  return {
    /** Whether this film has any. */
    any: layers.length > 0,
    /** Whether "next" lays another one over it, and not none. */
    more: next !== undefined,
    shown,
    src: shown ? `/api/reading/overlays/${item}/${image}${run}` : null,
    opacity,
    setOpacity,
    /** Each in turn, then none. */
    next: () => setHeld({ item, name: next ? nameOf(next) : null }),
    fade: (by: 1 | -1) =>
      setOpacity((now) => Math.round(10 * Math.min(1, Math.max(step, now + by * step))) / 10),
  };
}

export type OverlayOnFilm = ReturnType<typeof useOverlay>;

function layersOf({ saliency, lungMasks }: FilmOverlays, image: number): readonly Layer[] {
  const maps = saliency.filter((map) => map.image === image);
  return [
    ...maps.map((map) => ({ kind: "saliency", map }) as const),
    ...(lungMasks.includes(image) ? [{ kind: "lungs" } as const] : []),
  ];
}
