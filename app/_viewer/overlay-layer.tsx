import Image from "next/image";
import { type Size, toPlace } from "./film-geometry";
import type { FilmSettings } from "./film-settings";

/** A saliency map or a lung mask: a transparent picture of the whole film, and how much of it shows, 0 to 1. */
export type FilmOverlay = { readonly src: string; readonly opacity: number };

type Props = { overlay: FilmOverlay; film: Size; place: Size; settings: FilmSettings };

/** Lies on the film whatever its zoom and place. */
export function OverlayLayer({ overlay: { src, opacity }, film, place, settings }: Props) {
  const from = toPlace({ x: 0, y: 0 }, film, place, settings);
  const to = toPlace({ x: film.width, y: film.height }, film, place, settings);
  return (
    <Image
      key={src}
      src={src}
      alt=""
      unoptimized
      width={film.width}
      height={film.height}
      draggable={false}
      className="pointer-events-none absolute max-w-none"
      style={{ left: from.x, top: from.y, width: to.x - from.x, height: to.y - from.y, opacity }}
    />
  );
}
