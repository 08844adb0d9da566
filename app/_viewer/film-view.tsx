"use client";

import Image from "next/image";
import { useId, useRef, useState } from "react";
import { asStored, type FilmSettings, greyTransform, readout } from "./film-settings";
import { useFilmHands } from "./use-film-hands";

/** Every pixel as it is stored; a film that was fetched ahead is up with the first paint. */
const asItIs = {
  fill: true,
  unoptimized: true,
  loading: "eager",
  decoding: "sync",
  draggable: false,
} as const;

type Props = {
  imageId: number | string;
  /** Where its picture lies; without it, among the images. */
  src?: string;
  /** What the film shows, without its labels: "Frontal film of patient 20417, study 3". */
  alt: string;
  /** A transparent picture of the same film, laid over it; opacity from 0 to 1. */
  overlay?: { readonly src: string; readonly opacity: number };
  inverted?: boolean;
  /** Window, level, zoom and place held by the page; without them the film keeps its own. */
  settings?: FilmSettings;
  onSettings?: (next: (settings: FilmSettings) => FilmSettings) => void;
  /** Shows window, level and zoom in the lower corner. */
  showReadout?: boolean;
  /** Called once the film is on the screen. */
  onShown?: () => void;
  className?: string;
};

/**
 * A film on black: wheel zooms, drag pans, right or Alt drag sets window and level, double click resets. Without
 * `settings` every film begins as stored.
 * @example <FilmView imageId={id} alt="Frontal film" overlay={{ src, opacity: 0.6 }} className="h-full" />
 */
export function FilmView(props: Props) {
  return <FilmPlace key={props.settings ? "held" : props.imageId} {...props} />;
}

function FilmPlace(props: Props) {
  const { imageId, alt, overlay, inverted = false, onShown, showReadout = false, className = "" } = props;
  const place = useRef<HTMLDivElement>(null);
  const [own, changeOwn] = useState(asStored);
  const settings = props.settings ?? own;
  const change = props.onSettings ?? changeOwn;
  const hands = useFilmHands(place, change);
  const { x, y, zoom } = settings;
  return (
    <div
      ref={place}
      {...hands}
      className={`relative select-none overflow-hidden bg-black ${zoom > 1 ? "cursor-grab active:cursor-grabbing" : ""} ${className}`}
      style={{ touchAction: "none" }}
    >
      <div className="absolute inset-0" style={{ transform: `translate(${x}px, ${y}px) scale(${zoom})` }}>
        {/* Its own element for every film: an old one never stays up beneath the next one's findings. */}
        <Film
          key={imageId}
          src={props.src ?? `/api/images/${imageId}`}
          alt={alt}
          settings={settings}
          inverted={inverted}
          onShown={onShown}
        />
        {overlay ? (
          <Image
            key={overlay.src}
            src={overlay.src}
            alt=""
            {...asItIs}
            className="object-contain"
            style={{ opacity: overlay.opacity }}
          />
        ) : null}
      </div>
      {showReadout ? (
        <div className="pointer-events-none absolute bottom-3 left-3 text-[#9aa4b2] text-[12px] [text-shadow:0_1px_2px_#000]">
          {readout(settings)}
        </div>
      ) : null}
    </div>
  );
}

type FilmProps = Pick<Props, "alt" | "onShown"> & {
  src: string;
  settings: FilmSettings;
  inverted: boolean;
};

function Film({ src, alt, settings, inverted, onShown }: FilmProps) {
  const [state, setState] = useState<"loading" | "shown" | "absent">("loading");
  const filter = `grey-${useId().replace(/\W/g, "")}`;
  const { slope, intercept } = greyTransform(settings, inverted);
  const changed = slope !== 1 || intercept !== 0;
  if (state === "absent") {
    return <div className="grid size-full place-items-center text-[#9aa4b2]">This film is not here</div>;
  }
  const channel = { type: "linear", slope, intercept } as const;
  return (
    <>
      {changed ? (
        <svg aria-hidden="true" width="0" height="0" className="absolute">
          <filter id={filter} colorInterpolationFilters="sRGB">
            <feComponentTransfer>
              <feFuncR {...channel} />
              <feFuncG {...channel} />
              <feFuncB {...channel} />
            </feComponentTransfer>
          </filter>
        </svg>
      ) : null}
      <Image
        src={src}
        alt={alt}
        {...asItIs}
        onLoad={() => {
          setState("shown");
          onShown?.();
        }}
        onError={() => setState("absent")}
        className="object-contain"
        style={{ filter: changed ? `url(#${filter})` : undefined }}
      />
      {state === "loading" ? (
        <div className="absolute inset-0 grid place-items-center opacity-100 transition-opacity delay-500 starting:opacity-0 text-[#9aa4b2]">
          Loading film
        </div>
      ) : null}
    </>
  );
}
