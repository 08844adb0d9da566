"use client";

import { use } from "react";
import type { SaliencyMeasures } from "@/server/models/schema";

/** Null where they could not be worked out; awaited where they are shown, for masks take a moment to read. */
export type Measures = Promise<SaliencyMeasures | null>;

const percent = (share: number) => `${Math.round(share * 100)}%`;
const films = (count: number) =>
  count === 1 ? "1 test film" : `${count.toLocaleString("en-US")} test films`;

const hint = "A hint, not a finding.";

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
    <div className="text-dim">
      {outsideLungs ? (
        <p>
          <b className="font-semibold text-text">{percent(outsideLungs.mean)}</b> of a map outside the lungs,{" "}
          {percent(outsideLungs.evenMap)} of an even one (HiResCAM, mean of {films(outsideLungs.films)} with a
          lung mask). {pointingGame ? null : hint}
        </p>
      ) : null}
      {pointingGame ? (
        <p>
          Pointing game{" "}
          <b className="font-semibold text-text">
            {pointingGame.hits} of {pointingGame.films}
          </b>
          : maximum within {pointingGame.tolerance} px (of 224) of a reader’s region, {pointingGame.inside}{" "}
          inside one. Only classes called as a finding play. {hint}
        </p>
      ) : null}
    </div>
  );
}
