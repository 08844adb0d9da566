"use client";

import Image from "next/image";
import Link from "next/link";
import { useState } from "react";
import type { ImageRow } from "@/server/images/browse/schema";
import { NoFilm } from "../../images/_browse/no-film";

/** A film's thumbnail; it opens among the patient's images. */
export function FilmLink({ image }: { image: ImageRow }) {
  const [lost, setLost] = useState(false);
  const { id, dataset, patient, study, view, age, film } = image;
  const href = `/images?dataset=${encodeURIComponent(dataset)}&q=${encodeURIComponent(patient)}&image=${id}`;
  return (
    <Link href={href} className="group block">
      <span className="relative block size-[168px] overflow-hidden rounded-md border border-line bg-black group-hover:border-faint">
        {film && !lost ? (
          <Image
            src={`/api/images/${id}/thumbnail`}
            alt=""
            fill
            unoptimized
            loading="eager"
            onError={() => setLost(true)}
            className="object-contain"
          />
        ) : (
          <NoFilm />
        )}
      </span>
      <span className="mt-1 block text-[12px] text-dim group-hover:text-text">
        <span className="sr-only">{study}, </span>
        {view}
        {age === null ? "" : ` · ${age} years`}
      </span>
    </Link>
  );
}
