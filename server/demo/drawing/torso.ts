import { type Frame, midline, sides, wallAt } from "./frame";
import { ellipse, fill, type Point, smooth } from "./path";

/** Soft tissue from front to back: thin at the flanks, thick over the mediastinum and below the diaphragm. */
export function torso(frame: Frame): string {
  const abdomen = Math.min(frame.dome[-1], frame.dome[1]) + 10;
  const belly: Point[] = [
    [midline - frame.halfWidth - 8, abdomen + 110],
    [midline - 210, abdomen],
    [midline, abdomen + 40],
    [midline + 210, abdomen + 14],
    [midline + frame.halfWidth + 8, abdomen + 120],
    [midline + frame.halfWidth + 20, 1120],
    [midline - frame.halfWidth - 20, 1120],
  ];
  return (
    arms(frame) +
    fill(silhouette(frame), 0.66) +
    fill(column(frame), 1, 0.44) +
    fill(smooth(belly, true), 1, 0.34) +
    breasts(frame)
  );
}

function silhouette(frame: Frame): string {
  const { shoulderY, tissue } = frame.anatomy;
  const flank = (y: number) => wallAt(frame, y) + tissue;
  const right: Point[] = [
    [84, -60],
    [88, shoulderY - 74],
    [170, shoulderY - 34],
    [330, shoulderY - 8],
    [450, shoulderY + 28],
    [492, shoulderY + 130],
    [470, shoulderY + 260],
    [flank(520) + 14, 500],
    [flank(620), 640],
    [flank(800) + 4, 820],
    [flank(900) + 14, 1120],
  ];
  const mirrored = right.toReversed().map(([d, y]): Point => [midline - d, y]);
  return smooth([...right.map(([d, y]): Point => [midline + d, y]), ...mirrored], true);
}

function column(frame: Frame): string {
  const width = 62;
  return smooth(
    [
      [midline - width, -60],
      [midline + width, -60],
      [midline + width + 6, frame.apexY + 300],
      [midline + width + 40, 760],
      [midline + width + 40, 1100],
      [midline - width - 30, 1100],
      [midline - width - 26, 760],
      [midline - width, frame.apexY + 300],
    ],
    true,
  );
}

/** Upper arms hang at the film's edges, a strip of air between them and the chest. */
function arms(frame: Frame): string {
  const { shoulderY } = frame.anatomy;
  return sides
    .map((side) => {
      const points: Point[] = [
        [420, shoulderY + 20],
        [500, shoulderY + 20],
        [590, shoulderY + 120],
        [640, 560],
        [660, 1100],
        [548, 1100],
        [520, 560],
      ];
      return fill(
        smooth(
          points.map(([d, y]): Point => [midline + side * d, y]),
          true,
        ),
        0.55,
      );
    })
    .join("");
}

function breasts(frame: Frame): string {
  if (frame.anatomy.sex === "M") return "";
  const size = 0.8 + frame.anatomy.tissue / 150;
  return sides
    .map((side) => ellipse([midline + side * 232, 655], 128 * size, 96 * size, 1, 0.2, side * -12))
    .join("");
}
