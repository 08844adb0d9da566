import { useState } from "react";
import type { FilmTool } from "@/app/_viewer/film-viewport";
import { boxOf, type Line, type Mark } from "@/app/_viewer/marks";
import type { Finding } from "@/server/labels/vocabulary";
import { type Reading, regionsThatCount } from "./room-state";

type Change = (change: (reading: Reading) => Reading) => void;

/**
 * The read's regions. A new one belongs to the finding that was set last, so that a reader presses its letter
 * and draws.
 */
export function useRegions(item: number, reading: Reading, findings: readonly Finding[], change: Change) {
  const [touched, setTouched] = useState({ item: 0, finding: -1 });
  const last = findings.find(({ position }) => touched.item === item && touched.finding === position);
  const isThere = (position: number) => ["+", "?"].includes(reading.labels[position] ?? "");
  const tied = last && isThere(last.position) ? last : undefined;
  const counting = regionsThatCount(reading);
  return {
    /** What the next region would belong to; undefined until a finding is positive or uncertain. */
    tied,
    touch: (finding: number) => setTouched({ item, finding }),
    draw(image: number, tool: FilmTool, line: Line) {
      const box = boxOf(line);
      if (!tied || (tool !== "rectangle" && tool !== "ellipse") || box.width === 0 || box.height === 0)
        return;
      const region = { image, finding: tied.position, shape: tool, ...box };
      change((now) => ({ ...now, regions: [...now.regions, region] }));
    },
    /** Takes the film's last region away. */
    drop: (image: number) =>
      change((now) => {
        const at = now.regions.findLastIndex((region) => region.image === image);
        return at < 0 ? now : { ...now, regions: now.regions.filter((_, place) => place !== at) };
      }),
    marksOf: (image: number): readonly Mark[] =>
      counting
        .map((region, place) => ({ region, place }))
        .filter(({ region }) => region.image === image)
        .map(({ region: { finding, shape, x, y, width, height }, place }) => ({
          id: `region ${place}`,
          shape,
          from: { x, y },
          to: { x: x + width, y: y + height },
          text: findings.find(({ position }) => position === finding)?.shortName ?? "",
        })),
    countOf: (finding: number) => counting.filter((region) => region.finding === finding).length,
  };
}

export type Regions = ReturnType<typeof useRegions>;
