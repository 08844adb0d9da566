"use client";

import Image from "next/image";
import type { ReactNode } from "react";
import type { FilmSettings } from "@/app/_viewer/film-settings";
import { FilmView } from "@/app/_viewer/film-view";
import type { RoomFilm, RoomStudy } from "@/server/reading/schema";

type Props = {
  study: RoomStudy;
  /** Which of the study's films is up. */
  at: number;
  onTurn(by: number): void;
  inverted: boolean;
  /** Window, level, zoom and place of the current film. */
  settings: FilmSettings;
  onSettings(next: (settings: FilmSettings) => FilmSettings): void;
  upcoming: readonly number[];
};

const sexes = { F: "F", M: "M", unknown: "sex unknown" } as const;

/** The current film, and the patient's study before it where there is one. Nothing outshines them. */
export function Films({ study, at, onTurn, inverted, settings, onSettings, upcoming }: Props) {
  const { prior, images } = study;
  const current = images[at];
  const before = prior?.images[0];
  const age = study.age === null ? "" : `, ${study.age} y`;
  return (
    <div className={`grid min-h-0 gap-px bg-[#16191e] ${before ? "grid-cols-[1fr_1.35fr]" : "grid-cols-1"}`}>
      {before ? (
        <Place film={before} alt={`Prior ${before.view} film`} inverted={inverted}>
          <p>Prior{prior?.daysBefore == null ? "" : ` · ${prior.daysBefore} days before`}</p>
          <p className="text-dim">{before.view}</p>
        </Place>
      ) : null}
      {current ? (
        <Place
          film={current}
          alt={`${current.view} film of ${study.patient}, study ${study.number}`}
          inverted={inverted}
          held={{ settings, onSettings }}
        >
          <p>
            {study.patient} · study {study.number} of {study.of}
          </p>
          <p className="text-dim">
            {sexes[study.sex]}
            {age} · {current.view} · {images.length === 1 ? "1 image" : `image ${at + 1} of ${images.length}`}
          </p>
        </Place>
      ) : (
        <p className="grid place-items-center bg-black text-dim">This study has no image.</p>
      )}
      {images.length > 1 ? (
        <nav aria-label="Films of this study" className="absolute bottom-[64px] left-3 flex gap-1.5">
          {images.map(({ id, view }, place) => (
            <button
              key={id}
              type="button"
              aria-current={place === at}
              onClick={() => onTurn(place - at)}
              className={`rounded border bg-black/60 px-2 text-[12px] leading-6 ${place === at ? "border-accent text-text" : "border-line text-dim"}`}
            >
              {view}
            </button>
          ))}
        </nav>
      ) : null}
      <div hidden>
        {/* Fetched while this study is read: the next one is up at once. */}
        {upcoming.map((id) => (
          <Image
            key={id}
            src={`/api/images/${id}`}
            alt=""
            width={64}
            height={64}
            unoptimized
            loading="eager"
          />
        ))}
      </div>
    </div>
  );
}

type PlaceProps = {
  film: RoomFilm;
  alt: string;
  inverted: boolean;
  held?: { settings: FilmSettings; onSettings: Props["onSettings"] };
  children: ReactNode;
};

function Place({ film, alt, inverted, held, children }: PlaceProps) {
  return (
    <div className="relative min-h-0 bg-black">
      {film.here ? (
        <FilmView
          key={film.id}
          imageId={film.id}
          alt={alt}
          inverted={inverted}
          showReadout={held !== undefined}
          {...held}
          className="h-full"
        />
      ) : (
        <p className="grid h-full place-items-center text-dim">
          Only this film's row was imported; the film is not here.
        </p>
      )}
      <div className="pointer-events-none absolute top-2.5 left-3 text-[12px] leading-[17px] [text-shadow:0_1px_2px_#000]">
        {children}
      </div>
    </div>
  );
}
