"use client";

import { use } from "react";
import type { SaliencyMeasures } from "@/server/models/schema";

/** Null where they could not be worked out; awaited where they are shown, for masks take a moment to read. */
export type Measures = Promise<SaliencyMeasures | null>;

const percent = (share: number) => `${Math.round(share * 100)}%`;
const films = (count: number) =>
  count === 1 ? "1 test film" : `${count.toLocaleString("en-US")} test films`;

/** How much of one film's overlay lies outside its lungs; nothing where it has no lung mask. */
export function OutsideLungs({ measures, image }: { measures: Measures; image: number }) {
  const film = use(measures)?.films.find((one) => one.image === image);
  if (!film?.outsideLungs) return null;
  const { share, evenMap } = film.outsideLungs;
  return (
    <span className="block">
      {percent(share)} of it outside the lungs{" "}
      <span className="text-dim">({percent(evenMap)} of the film is)</span>
    </span>
  );
}

/** The run's own figures over its test films: mean share outside the lungs, and the pointing game. */
export function RunMeasures({ measures }: { measures: Measures }) {
  const { outsideLungs, pointingGame } = use(measures) ?? {};
  if (!outsideLungs && !pointingGame) return null;
  return (
    <p className="max-w-[760px] text-dim">
      HiResCAM:{" "}
      {outsideLungs ? (
        <>
          on average <b className="font-semibold text-text">{percent(outsideLungs.mean)}</b> of a map outside
          the lungs, where {percent(outsideLungs.evenMap)} of the film is (n = {films(outsideLungs.films)}{" "}
          with a lung mask)
        </>
      ) : null}
      {outsideLungs && pointingGame ? "; " : null}
      {pointingGame ? (
        <>
          pointing game{" "}
          <b className="font-semibold text-text">
            {pointingGame.hits} of {pointingGame.films}
          </b>{" "}
          (maximum within {pointingGame.tolerance} px, on 224 × 224, of a region that readers drew for the
          finding called as the class; {pointingGame.inside} inside)
        </>
      ) : null}
      . A hint, not a finding.
    </p>
  );
}
