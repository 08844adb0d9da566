import { Check } from "lucide-react";
import Image from "next/image";
import type { ErrorCase } from "@/server/models/schema";
import { overlayOf, patientName, wordsOf } from "./words";

type Props = {
  run: number;
  error: ErrorCase;
  classes: readonly string[];
  isCurrent: boolean;
  isChosen: boolean;
  /** Of the overlay; 0 is off. */
  opacity: number;
  onShow(): void;
  /** Absent where the person may not send films to reading. */
  onToggle?(): void;
};

/** One film of the grid, with what was wrong about it and how sure the model was. */
export function ErrorTile({ run, error, classes, isCurrent, isChosen, opacity, onShow, onToggle }: Props) {
  const { kind, about, tone, probability } = wordsOf(error, classes);
  const src = overlayOf(run, error);
  const picture = { fill: true, unoptimized: true, className: "object-contain" } as const;
  return (
    <li className="relative">
      <button
        type="button"
        data-image={error.image}
        aria-current={isCurrent}
        onClick={onShow}
        // Space chooses here (see the page's keys); without this the browser would also press the button.
        onKeyUp={(event) => event.key === " " && event.preventDefault()}
        className={`relative block h-[212px] w-full cursor-pointer overflow-hidden rounded-lg border bg-black text-left ${
          isCurrent ? "border-accent" : "border-line hover:border-faint"
        }`}
      >
        <Image {...picture} src={`/api/images/${error.image}/thumbnail`} alt="" />
        {src && opacity > 0 ? <Image {...picture} src={src} alt="" style={{ opacity }} /> : null}
        <span className="absolute inset-x-0 bottom-0 bg-linear-to-b from-transparent via-45% via-black/75 to-black/90 px-2.5 pt-6 pb-2 text-[12px] leading-[17px]">
          <span className={`block [text-shadow:0_1px_2px_#000] ${tone}`} data-theme="dark">
            {kind}{" "}
            <span className="text-[#d7dce3]">
              {about} · {probability.toFixed(2)}
            </span>
          </span>
          <span className="block truncate text-[#9aa4b2]">{patientName(error.patient)}</span>
        </span>
        {error.leaked ? (
          <span
            data-theme="dark"
            className="absolute top-2 left-2 rounded-full bg-black/70 px-1.5 text-[11px] text-leak leading-[18px]"
          >
            patient in training
          </span>
        ) : null}
      </button>
      {onToggle ? (
        <button
          type="button"
          aria-pressed={isChosen}
          aria-label={`Choose the film of ${patientName(error.patient)}`}
          onClick={onToggle}
          className={`absolute top-2 right-2 grid size-5 cursor-pointer place-items-center rounded border ${
            isChosen
              ? "border-accent bg-accent text-accent-foreground"
              : "border-white/40 bg-black/50 text-transparent hover:border-white"
          }`}
        >
          <Check aria-hidden size={14} strokeWidth={3} />
        </button>
      ) : null}
    </li>
  );
}
