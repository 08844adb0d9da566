import { type Dispatch, useState } from "react";
import { boxOf, type Mark } from "@/app/_viewer/marks";
import type { Finding } from "@/server/labels/vocabulary";
import { regionsThatCount } from "../room-state";
import type { Regions } from "../use-regions";
import { isAmong } from "./case-regions";
import type { CaseEvent, CaseState } from "./case-state";
import { readerNames } from "./reader-names";
import { toneOf } from "./reader-tones";

/**
 * What the readers drew, each in a tone of his own, and what the decision keeps or adds. A new region belongs to the
 * finding that was decided last.
 */
export function useCaseRegions(room: CaseState, findings: readonly Finding[], tell: Dispatch<CaseEvent>) {
  const [hidden, setHidden] = useState<readonly number[]>([]);
  const { held, decision, last, at } = room;
  const reads = held?.reads ?? [];
  const names = readerNames(reads);
  const drew = reads.flatMap(({ regions }, place) => (regions.length > 0 ? [place] : []));
  const counting = regionsThatCount({ ...decision, flagged: false });
  const nameOf = (position: number) => findings.find((one) => one.position === position)?.shortName ?? "";
  const isThere = (position: number) => ["+", "?"].includes(decision.labels[position] ?? "");
  const tied = findings.find(({ position }) => position === last && isThere(position));

  const ofReaders = reads.flatMap(({ regions }, place) =>
    hidden.includes(place)
      ? []
      : regions
          .filter((region) => !isAmong(counting, region))
          .map((region, nth) => {
            const faint = region.finding !== at && region.finding !== last;
            // What is not at hand keeps its outline; its words would hide the film.
            const text = faint ? "" : `${nameOf(region.finding)}, ${names[place] ?? ""}`;
            return { region, id: `reader ${place} ${nth}`, text, tone: toneOf(place), faint };
          }),
  );
  const kept = counting.map((region, place) => ({
    region,
    id: `region ${place}`,
    text: nameOf(region.finding),
    tone: undefined,
    faint: false,
  }));
  const onFilm: Regions = {
    tied,
    touch: () => undefined,
    countOf: (position) => counting.filter(({ finding }) => finding === position).length,
    draw: (image, tool, line) => {
      const box = boxOf(line);
      if (!tied || (tool !== "rectangle" && tool !== "ellipse") || box.width === 0 || box.height === 0)
        return;
      const region = { image, finding: tied.position, shape: tool, ...box };
      tell({ type: "drawn", change: (regions) => [...regions, region] });
    },
    drop: (image) =>
      tell({
        type: "drawn",
        change: (regions) =>
          regions.toSpliced(
            regions.findLastIndex((region) => region.image === image),
            1,
          ),
      }),
    marksOf: (image) =>
      [...ofReaders, ...kept]
        .filter(({ region }) => region.image === image)
        .map(({ region: { shape, x, y, width, height }, ...how }): Mark => {
          return { ...how, shape, from: { x, y }, to: { x: x + width, y: y + height } };
        }),
  };
  return {
    onFilm,
    counting,
    /** Readers, by their place, who drew anything. */
    drew,
    hidden,
    toggle: (place: number) =>
      setHidden((now) => (now.includes(place) ? now.filter((one) => one !== place) : [...now, place])),
    /** All shown, then the first reader's alone, the next one's, none, and all again. */
    showNext: () => setHidden((now) => afterHidden(now, drew)),
  };
}

export type CaseRegions = ReturnType<typeof useCaseRegions>;

function afterHidden(hidden: readonly number[], drew: readonly number[]): readonly number[] {
  const shown = drew.filter((place) => !hidden.includes(place));
  const alone = (place: number | undefined) => drew.filter((one) => one !== place);
  if (shown.length === 0) return [];
  if (shown.length > 1) return alone(drew[0]);
  return alone(drew[drew.indexOf(shown[0] ?? 0) + 1]);
}
