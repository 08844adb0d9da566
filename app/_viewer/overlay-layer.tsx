import Image from "next/image";
import { useState } from "react";
import { type Size, toPlace } from "./film-geometry";
import type { FilmSettings } from "./film-settings";

/** A saliency map or a lung mask: a transparent picture of the whole film, and how much of it shows, 0 to 1. */
export type FilmOverlay = { readonly src: string; readonly opacity: number };

type Props = { overlay: FilmOverlay; film: Size; place: Size; settings: FilmSettings };

/** Lies on the film whatever its zoom and place. */
export function OverlayLayer({ overlay: { src, opacity }, film, place, settings }: Props) {
  const [failed, setFailed] = useState<string | null>(null);
  const from = toPlace({ x: 0, y: 0 }, film, place, settings);
  const to = toPlace({ x: film.width, y: film.height }, film, place, settings);
  // A map that did not come must not look like one that is empty.
  if (failed === src) {
    return (
      <p className="pointer-events-none absolute inset-x-0 bottom-9 text-center text-[12px] text-unc [text-shadow:0_1px_2px_#000]">
        The overlay could not be loaded
      </p>
    );
  }
  return (
    <Image
      key={src}
      src={src}
      alt=""
      unoptimized
      width={film.width}
      height={film.height}
      draggable={false}
      onError={() => setFailed(src)}
      className="pointer-events-none absolute max-w-none"
      style={{ left: from.x, top: from.y, width: to.x - from.x, height: to.y - from.y, opacity }}
    />
  );
}
