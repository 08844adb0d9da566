"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { Button } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { PartTag } from "@/app/_components/part-tag";
import { FilmView } from "@/app/_viewer/film-view";
import type { LeakImage, LeakPair } from "@/server/integrity/schema";
import { pairLines } from "./pair-lines";

type Props = {
  pairs: readonly LeakPair[];
  /** Which pair is open; null for none. */
  place: number | null;
  onPlace: (place: number | null) => void;
};

/** The two films of a leak at full size, side by side. */
export function PairDialog({ pairs, place, onPlace }: Props) {
  const pair = place === null ? undefined : pairs[place];
  const step = (by: number) => place !== null && pairs[place + by] && onPlace(place + by);
  return (
    <Dialog
      size="wide"
      title={pair ? pairLines(pair).why : ""}
      open={pair !== undefined}
      onOpenChange={(open) => onPlace(open ? place : null)}
      footer={
        <>
          <Button
            icon={<ChevronLeft aria-hidden size={14} />}
            isDisabled={place === null || place === 0}
            onPress={() => step(-1)}
          >
            Previous
          </Button>
          <Button isDisabled={place === null || place >= pairs.length - 1} onPress={() => step(1)}>
            Next <ChevronRight aria-hidden size={14} />
          </Button>
        </>
      }
    >
      {pair ? (
        <div className="grid grid-cols-2 gap-3">
          <Side image={pair.image} part={pair.part} />
          <Side image={pair.trainImage} part="train" />
        </div>
      ) : null}
    </Dialog>
  );
}

function Side({ image, part }: { image: LeakImage; part: LeakPair["part"] }) {
  return (
    <figure className="m-0 min-w-0">
      <FilmView
        imageId={image.id}
        alt={`${image.view} film of patient ${image.patient}, ${image.study}, in ${part}`}
        className="h-[min(56vh,560px)] rounded-md"
      />
      <figcaption className="mt-2 flex flex-col">
        <span className="flex items-baseline gap-3">
          <PartTag part={part} /> <span>{image.class}</span>
        </span>
        <span className="truncate text-dim">
          <Link href={`/patients/${image.patientId}`} className="hover:text-text hover:underline">
            patient {image.patient}
          </Link>{" "}
          · {image.study} · {image.view}
        </span>
        <span className="truncate text-faint" title={image.path}>
          {image.dataset}: {image.path}
        </span>
      </figcaption>
    </figure>
  );
}
