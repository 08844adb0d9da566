"use client";

import Image from "next/image";
import type { RoomStudy } from "@/server/reading/schema";
import type { FilmOnScreen } from "./use-film";

/** The study's films; the arrows go from one to the next. */
export function Strip({ study: { images }, film }: { study: RoomStudy; film: FilmOnScreen }) {
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
