import type { Saliency } from "@/server/reading/schema";
import type { OverlayOnFilm } from "./use-overlay";

/** What lies over the film, and how much of it shows. */
export function OverlayWords({ overlay: { shown, opacity, setOpacity } }: { overlay: OverlayOnFilm }) {
  if (!shown) return null;
  return (
    <section
      aria-label="Overlay"
      className="absolute top-2.5 right-3 whitespace-nowrap text-right text-[12px] leading-[17px] [text-shadow:0_1px_2px_#000,0_0_6px_#000]"
    >
      {shown.kind === "lungs" ? (
        <>
          <p>Lungs</p>
          <p className="text-dim">as the dataset's mask draws them</p>
        </>
      ) : (
        <SaliencyWords map={shown.map} />
      )}
      <input
        type="range"
        aria-label="Opacity of the overlay"
        min={0.1}
        max={1}
        step={0.1}
        value={opacity}
        onChange={(event) => setOpacity(event.target.valueAsNumber)}
        onPointerUp={(event) => event.currentTarget.blur()}
        className="mt-1 ml-auto block h-5 w-[120px] cursor-pointer accent-(--accent)"
      />
    </section>
  );
}

function SaliencyWords({ map: { run, className, probability, score } }: { map: Saliency }) {
  return (
    <>
      <p>
        Run {run}: {className} {probability.toFixed(2)}
      </p>
      <p className="text-dim">HiResCAM · logit {score.toFixed(2).replace("-", "−")}</p>
      <p className="text-dim">a hint at what it used, not a finding</p>
    </>
  );
}
