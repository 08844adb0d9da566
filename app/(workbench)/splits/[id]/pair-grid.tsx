"use client";

import Image from "next/image";
import { useState } from "react";
import type { LeakImage, LeakPair } from "@/server/integrity/schema";
import { PairDialog } from "./pair-dialog";
import { pairLines } from "./pair-lines";

const tones = { train: "text-train", validation: "text-val", test: "text-test" } as const;

/** Leaks as pairs of films; a press opens the two large. */
export function PairGrid({ pairs }: { pairs: readonly LeakPair[] }) {
  const [open, setOpen] = useState<number | null>(null);
  return (
    <>
      <ul className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-4">
        {pairs.map((pair, place) => (
          <li key={pair.key}>
            <PairCard pair={pair} onOpen={() => setOpen(place)} />
          </li>
        ))}
      </ul>
      <PairDialog pairs={pairs} place={open} onPlace={setOpen} />
    </>
  );
}

function PairCard({ pair, onOpen }: { pair: LeakPair; onOpen: () => void }) {
  const { why, what } = pairLines(pair);
  return (
    <button type="button" onClick={onOpen} className="group block w-full cursor-pointer text-left">
      <span className="grid grid-cols-2 gap-0.5 overflow-hidden rounded-lg border border-line bg-line group-hover:border-faint">
        <Thumbnail image={pair.image} part={pair.part} />
        <Thumbnail image={pair.trainImage} part="train" />
      </span>
      <span className={`mt-1.5 block truncate ${pair.reason === "patient" ? "text-text" : "text-leak"}`}>
        {why}
      </span>
      <span className="block truncate text-dim">{what}</span>
    </button>
  );
}

function Thumbnail({ image, part }: { image: LeakImage; part: keyof typeof tones }) {
  return (
    <span className="relative block h-[176px] bg-black">
      {image.film ? (
        <Image src={`/api/images/${image.id}/thumbnail`} alt="" fill unoptimized className="object-contain" />
      ) : (
        <span className="grid size-full place-items-center text-[#9aa4b2] text-[12px]">no film here</span>
      )}
      <span
        data-theme="dark"
        className={`absolute top-1.5 left-1.5 rounded bg-black/75 px-1.5 text-[11px] leading-[18px] ${tones[part]}`}
      >
        {part}
      </span>
    </span>
  );
}
