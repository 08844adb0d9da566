import { domeAt, type Frame, inLung, midline, type Side, sides, wallAt } from "./frame";
import { closed, ellipse, fill, line, type Point, stroke } from "./path";

/** Air of both lungs, with the stomach's bubble under the left dome of those who stand. */
export function lungs(frame: Frame): string {
  const stomach =
    frame.view === "PA"
      ? ellipse([midline + 150, frame.dome[1] + 74], 74, 36, 1, 0.4, -8) +
        ellipse([midline + 176, frame.dome[1] + 66], 40, 24, 1, 0.25, -8)
      : ellipse([midline + 160, frame.dome[1] + 110], 88, 44, 1, 0.17, 6);
  return sides.map((side) => fill(lungOutline(frame, side), 1)).join("") + stomach;
}

/** The pleural cavity of one side: wall, dome, mediastinum. */
function lungOutline(frame: Frame, side: Side): string {
  const base = frame.base[side];
  // Closer together at the apex, where the wall turns.
  const heights = steps(0, 1, 34).map((t) => frame.apexY + (base - frame.apexY) * t ** 2.2);
  const wall = heights.map((y): Point => [midline + side * wallAt(frame, y), y]);
  const width = wallAt(frame, base);
  const dome = steps(width, 42, 26).map((d): Point => [midline + side * d, domeAt(frame, side, d)]);
  const inner = steps(domeAt(frame, side, 42), frame.apexY, 18).map((y): Point => {
    const top = Math.max(0, 1 - (y - frame.apexY) / 74);
    return [midline + side * (44 + 84 * top ** 2.2), y];
  });
  return closed([...wall, ...dome, ...inner]);
}

/** The windpipe and its two branches: white where air is drawn, black where water is. */
export function airway(frame: Frame, grey: 0 | 1): string {
  const carina = frame.apexY + 268;
  const x = midline - 6 - frame.anatomy.sway * 0.4;
  const trunk = line([
    [x, -40],
    [x, carina],
  ]);
  const branches = sides.map((side) =>
    line([
      [x, carina - 6],
      [x + side * (side === 1 ? 92 : 66), carina + (side === 1 ? 62 : 74)],
    ]),
  );
  return `<g opacity="0.56">${stroke(trunk, 33, grey)}${branches.map((branch) => stroke(branch, 20, grey, 0.75)).join("")}</g>`;
}

/** The interlobar fissure on the film's left: a hairline that most films show. */
export function fissure(frame: Frame): string {
  const y = frame.apexY + 330;
  return stroke(
    line([inLung(frame, -1, 0.3, y + 4), inLung(frame, -1, 0.62, y - 5), inLung(frame, -1, 0.97, y + 6)]),
    2.2,
    1,
    0.28,
  );
}

function steps(from: number, to: number, count: number): number[] {
  return Array.from({ length: count + 1 }, (_, i) => from + ((to - from) * i) / count);
}
