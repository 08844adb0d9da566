"use client";

import Image from "next/image";
import type { ReactNode } from "react";
import { FilmView } from "@/app/_viewer/film-view";
import type { RoomFilm, RoomStudy } from "@/server/reading/schema";
import type { FilmOnScreen } from "./use-film";

type Props = {
  study: RoomStudy;
  film: FilmOnScreen;
  /** Films to fetch while this one is looked at. */
  ahead: readonly number[];
};

/** The current film, and the patient's study before it where there is one. */
export function Films({ study, film, ahead }: Props) {
  const { current, inverted } = film;
  const prior = study.prior?.images[0];
  return (
    <div
      className={`relative grid min-h-0 gap-px bg-[#16191e] ${prior ? "grid-cols-[1fr_1.35fr]" : "grid-cols-1"}`}
    >
      {prior ? (
        <Place words={<PriorWords study={study} film={prior} />}>
          <FilmView
            imageId={prior.id}
            alt={`Prior film, ${prior.view}`}
            inverted={inverted}
            className="h-full"
          />
        </Place>
      ) : null}
      <Place words={<StudyWords study={study} film={film} />}>
        {current?.here ? (
          <FilmView
            imageId={current.id}
            alt={`Film of ${study.patient}, study ${study.number}, ${current.view}`}
            inverted={inverted}
            settings={film.settings}
            onSettings={film.look}
            showReadout
            className="h-full"
          />
        ) : (
          <p className="grid h-full place-items-center text-dim">This film is not here</p>
        )}
        <Strip study={study} film={film} />
      </Place>
      <Ahead films={ahead} />
    </div>
  );
}

function Place({ words, children }: { words: ReactNode; children: ReactNode }) {
  return (
    <div className="relative min-h-0 min-w-0 bg-black">
      {children}
      <div className="pointer-events-none absolute top-2.5 left-3 text-[12px] leading-[17px] [text-shadow:0_1px_2px_#000,0_0_6px_#000]">
        {words}
      </div>
    </div>
  );
}

function PriorWords({ study, film }: { study: RoomStudy; film: RoomFilm }) {
  const days = study.prior?.daysBefore ?? null;
  const when = days === null ? "" : ` · ${days} ${days === 1 ? "day" : "days"} before`;
  return (
    <div className="text-dim">
      <p>Prior{when}</p>
      <p>{film.view}</p>
    </div>
  );
}

function StudyWords({ study, film }: { study: RoomStudy; film: FilmOnScreen }) {
  const { patient, number, of, sex, age, images } = study;
  const facts = [
    sex === "unknown" ? null : sex,
    age === null ? null : `${age} y`,
    film.current?.view,
    images.length === 1 ? "1 image" : `image ${film.at + 1} of ${images.length}`,
  ];
  return (
    <>
      <p>
        {patient} · study {number}
        {of > 1 ? ` of ${of}` : ""}
      </p>
      <p className="text-dim">{facts.filter((fact) => fact !== null && fact !== undefined).join(" · ")}</p>
      {film.inverted ? <p className="text-unc">inverted</p> : null}
    </>
  );
}

/** The study's films; the arrows go from one to the next. */
function Strip({ study: { images }, film }: Pick<Props, "study" | "film">) {
  if (images.length < 2) return null;
  return (
    <nav aria-label="Films of this study" className="absolute right-3 bottom-3 flex gap-1.5">
      {images.map(({ id, view, here }, place) => (
        <button
          key={id}
          type="button"
          aria-current={place === film.at}
          aria-label={`Film ${place + 1}, ${view}`}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => film.turn(place - film.at)}
          className={`h-11 w-[34px] cursor-pointer overflow-hidden rounded-[3px] border bg-[#1a1d22] ${place === film.at ? "border-accent" : "border-transparent opacity-60 hover:opacity-100"}`}
        >
          {here ? (
            <Image
              src={`/api/images/${id}/thumbnail`}
              alt=""
              width={34}
              height={44}
              unoptimized
              className="size-full object-cover"
            />
          ) : null}
        </button>
      ))}
    </nav>
  );
}

/** Fetched while this study is read, so that the next one is up at once. */
function Ahead({ films }: { films: readonly number[] }) {
  return (
    <div hidden>
      {films.map((id) => (
        <Image key={id} src={`/api/images/${id}`} alt="" width={64} height={64} unoptimized loading="eager" />
      ))}
    </div>
  );
}
