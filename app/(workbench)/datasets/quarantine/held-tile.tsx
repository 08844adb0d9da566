import { Check } from "lucide-react";
import Image from "next/image";
import type { HeldFilm } from "@/server/datasets/quarantine/schema";

type Props = { film: HeldFilm; isCurrent: boolean; isChosen: boolean; onShow(): void; onToggle(): void };

/** One film that waits. */
export function HeldTile({ film, isCurrent, isChosen, onShow, onToggle }: Props) {
  const { id, patient, view, dataset } = film;
  return (
    <li className="relative">
      <button
        type="button"
        data-film={id}
        aria-current={isCurrent}
        onClick={onShow}
        // Space chooses here (see the page's keys); without this the browser would also press the button.
        onKeyUp={(event) => event.key === " " && event.preventDefault()}
        className={`relative block h-[200px] w-full cursor-pointer overflow-hidden rounded-lg border bg-black text-left ${
          isCurrent ? "border-accent" : "border-line hover:border-faint"
        }`}
      >
        <Image
          fill
          loading="eager"
          unoptimized
          className="object-contain"
          src={`/api/quarantine/${id}/thumbnail`}
          alt={`${view} film of ${patient}`}
        />
        <span className="absolute inset-x-0 bottom-0 bg-linear-to-b from-transparent via-45% via-black/75 to-black/90 px-2.5 pt-6 pb-2 text-[12px] leading-[17px]">
          <span className="block truncate text-[#d7dce3]">
            {patient} · {view}
          </span>
          <span className="block truncate text-[#9aa4b2]">{dataset}</span>
        </span>
      </button>
      <button
        type="button"
        aria-pressed={isChosen}
        aria-label={`Choose the film of ${patient}`}
        onClick={onToggle}
        className={`absolute top-2 right-2 grid size-6 cursor-pointer place-items-center rounded border ${
          isChosen
            ? "border-accent bg-accent text-accent-foreground"
            : "border-white/40 bg-black/50 text-transparent hover:border-white"
        }`}
      >
        <Check aria-hidden size={14} strokeWidth={3} />
      </button>
    </li>
  );
}
