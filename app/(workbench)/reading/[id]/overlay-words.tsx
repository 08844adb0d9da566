import type { OverlayOnFilm } from "./use-overlay";

/** Whose map lies over the film, what it explains, and how much of it shows. */
export function OverlayWords({ overlay: { shown, opacity, setOpacity } }: { overlay: OverlayOnFilm }) {
  if (!shown) return null;
  const { run, className, probability, score } = shown;
  return (
    <section
      aria-label="Overlay"
      className="absolute top-2.5 right-3 w-[190px] text-right text-[12px] leading-[17px] [text-shadow:0_1px_2px_#000,0_0_6px_#000]"
    >
      <p>
        Run {run}: {className} {probability.toFixed(2)}
      </p>
      <p className="text-dim">HiResCAM · logit {score.toFixed(2).replace("-", "−")}</p>
      <p className="text-dim">a hint at what it used, not a finding</p>
      <input
        type="range"
        aria-label="Opacity of the overlay"
        min={0.1}
        max={1}
        step={0.1}
        value={opacity}
        onChange={(event) => setOpacity(event.target.valueAsNumber)}
        onPointerUp={(event) => event.currentTarget.blur()}
        className="mt-1 h-5 w-[120px] cursor-pointer accent-(--accent)"
      />
    </section>
  );
}
