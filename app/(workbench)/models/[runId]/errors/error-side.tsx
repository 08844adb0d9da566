"use client";

import { type ReactNode, Suspense } from "react";
import { LinkButton } from "@/app/_components/button";
import { FilmView } from "@/app/_viewer/film-view";
import type { ErrorCase } from "@/server/models/schema";
import { Range } from "../range";
import { ColourBar } from "./colour-bar";
import { type Measures, OutsideLungs } from "./saliency-measures";
import { SendToReading } from "./send-to-reading";
import { overlayOf, patientName } from "./words";

type Props = {
  run: number;
  error: ErrorCase;
  classes: readonly string[];
  measures: Measures;
  overlay: boolean;
  opacity: number;
  onOpacity(value: number): void;
  /** Images chosen in the grid; null where the person may not send any. */
  chosen: readonly number[] | null;
  onSent(): void;
};

/** The film that is looked at: overlay with its raw range, truth and model, and what to do with it. */
export function ErrorSide(props: Props) {
  const { run, error, classes, measures, overlay, opacity, onOpacity, chosen, onSent } = props;
  const src = overlayOf(run, error);
  return (
    <aside
      aria-label="Chosen film"
      className="sticky top-0 flex flex-col gap-3 rounded-[10px] border border-line bg-panel p-4"
    >
      <FilmView
        imageId={error.image}
        alt={`${error.view} film of ${patientName(error.patient)}`}
        overlay={src && overlay ? { src, opacity } : undefined}
        className="h-[400px] rounded-lg"
      />
      {error.saliency ? (
        <div className="flex flex-col gap-1">
          <ColourBar min={error.saliency.min} max={error.saliency.max} />
          <div className="grid grid-cols-[auto_1fr] items-center gap-3 text-dim">
            <span aria-hidden="true">opacity</span>
            <Range
              quiet
              label="Opacity of the overlay"
              value={overlay ? opacity : 0}
              step={0.05}
              onChange={onOpacity}
            />
          </div>
        </div>
      ) : (
        <p className="text-dim">The overlay is still being computed. Open this film again in a moment.</p>
      )}
      <Facts error={error} classes={classes} measures={measures} />
      <p className="text-dim">A hint at what the model used, not a finding.</p>
      <div className="flex items-center justify-between gap-2">
        <LinkButton href={`/patients/${error.patientId}`}>Open patient</LinkButton>
        {chosen === null ? null : (
          <SendToReading run={run} images={chosen.length > 0 ? chosen : [error.image]} onSent={onSent} />
        )}
      </div>
    </aside>
  );
}

function Facts({ error, classes, measures }: Pick<Props, "error" | "classes" | "measures">) {
  const { truth, predicted, probability, findings, saliency, patient, dataset, view, leaked } = error;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [
      "truth",
      <>
        {classes[truth]}{" "}
        {findings.length > 0 ? <span className="text-dim">({findings.join(", ")})</span> : null}
      </>,
    ],
    [
      "model",
      <>
        {classes[predicted]} <b className="font-semibold">{probability.toFixed(3)}</b>
      </>,
    ],
    [
      "saliency",
      saliency ? (
        <>
          HiResCAM · logit {saliency.score.toFixed(2).replace("-", "−")}
          <Suspense>
            <OutsideLungs measures={measures} image={error.image} />
          </Suspense>
        </>
      ) : (
        "–"
      ),
    ],
    [
      "patient",
      <>
        {patientName(patient)}{" "}
        <span className="text-dim">
          {view}, {dataset}
        </span>
        {leaked ? <span className="block text-leak">also in training</span> : null}
      </>,
    ],
  ];
  return (
    <dl className="grid grid-cols-[104px_1fr]">
      {facts.map(([name, value]) => (
        <div key={name} className="col-span-2 grid grid-cols-subgrid border-line border-b px-2.5 py-1.5">
          <dt className="text-dim">{name}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
