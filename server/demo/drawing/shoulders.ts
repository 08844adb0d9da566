import { type Frame, midline, type Side, sides } from "./frame";
import { fill, type Point, smooth, stroke } from "./path";
import { tubes } from "./tubes";

/** Collar bones and shoulder blades. */
export function shoulders(frame: Frame): string {
  return sides.map((side) => clavicle(frame, side) + scapula(frame, side)).join("");
}

function clavicle(frame: Frame, side: Side): string {
  const rise = frame.anatomy.clavicleRise * (frame.view === "PA" ? 1 : 0.55);
  const y = frame.apexY + (frame.view === "PA" ? 84 : 60);
  const course: Point[] = [
    [34, y + 14],
    [90, y - 2],
    [170, y - 6 - rise * 0.2],
    [262, y - 6 - rise * 0.7],
    [372, y - 22 - rise],
  ];
  return tubes([course.map(([d, cy]): Point => [midline + side * d, cy])], 30, 0.34);
}

/** Swung out of the lung's way on a PA film, over the lung on an AP one. */
function scapula(frame: Frame, side: Side): string {
  const inward = frame.view === "PA" ? 0 : 58;
  const top = frame.anatomy.shoulderY + 46;
  const shape: Point[] = [
    [372 - inward, top + 12],
    [352 - inward, top + 110],
    [372 - inward * 0.8, top + 250],
    [402 - inward * 0.6, top + 318],
    [428 - inward * 0.5, top + 230],
    [446 - inward * 0.3, top + 90],
    [458, top + 10],
  ];
  const path = smooth(
    shape.map(([d, y]): Point => [midline + side * d, y]),
    true,
  );
  const spine = smooth([
    [midline + side * (362 - inward), top + 66],
    [midline + side * (424 - inward * 0.3), top + 22],
    [midline + side * 476, top - 28],
  ]);
  return fill(path, 1, 0.1) + stroke(path, 4, 1, 0.17) + stroke(spine, 13, 1, 0.16);
}
