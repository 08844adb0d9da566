import Image from "next/image";
import type { LastRead } from "./room-state";

/** Which study it was, with its film, so that nobody takes it for the one that is up; `words` on what came of it. */
export function LastHead({ last: { study, step, outcome }, words }: { last: LastRead; words?: string }) {
  const film = study.images.find(({ here }) => here);
  const state = {
    sending: step === "skip" ? "skipped, on its way" : "on its way",
    saved: step === "skip" ? "skipped" : "saved",
    revealed: "submitted",
    refused: "not taken",
  }[outcome.kind];
  return (
    <div className="flex min-w-0 flex-1 items-center gap-2.5">
      {film ? (
        <Image
          src={`/api/images/${film.id}/thumbnail`}
          alt=""
          width={30}
          height={36}
          unoptimized
          loading="eager"
          className="h-9 w-[30px] rounded-[3px] bg-raise object-cover"
        />
      ) : null}
      <div className="min-w-0 flex-1 leading-[17px]">
        <p className="truncate">
          {study.patient} · study {study.number}
        </p>
        <p className={outcome.kind === "refused" ? "text-leak" : "text-dim"}>
          {words ? `${state}, ${words}` : state}
        </p>
      </div>
    </div>
  );
}
