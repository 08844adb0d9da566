import { seededRandom } from "@/server/ml/random";
import { type Frame, midline, type Side, sides, wallAt } from "./frame";
import { fill, line, type Point, smooth, stroke } from "./path";

/** Both cages, the back of each rib stronger than its front, which fades into cartilage. */
export function ribs(frame: Frame): string {
  return sides
    .flatMap((side) =>
      Array.from({ length: 11 }, (_, index) => back(frame, side, index) + front(frame, side, index)),
    )
    .join("");
}

function back(frame: Frame, side: Side, index: number): string {
  const points = backCourse(frame, side, index);
  const broken = fractureOf(frame);
  if (!broken || broken.side !== side || broken.index !== index) return tube(points, 25, 0.3);
  const { severity } = broken;
  const [inner, outer] = [points.slice(0, 4), points.slice(3)];
  const slipped = outer.map(([x, y]): Point => [x + side * 7 * severity, y + 27 * severity]);
  const [x, y] = points[3] ?? [0, 0];
  const gap: Point[] = [
    [x + side * 3, y - 20],
    [x - side * 2, y + 24],
  ];
  return tube(inner, 25, 0.42) + tube(slipped, 25, 0.42) + stroke(line(gap), 11 * severity, 0, 0.9);
}

/** From the spine up and out, then down along the wall. */
function backCourse(frame: Frame, side: Side, index: number): Point[] {
  const { ribSpacing, ribDroop } = frame.anatomy;
  const start = frame.apexY + 26 + index * ribSpacing;
  const drop = ribDroop * (0.35 + 0.085 * index);
  const wall = wallAt(frame, start + drop) + 9;
  const arch = 24 + 14 * Math.max(0, 1 - index / 5);
  const course: Point[] = [
    [46, start + 10],
    [46 + (wall - 46) * 0.22, start - arch * 0.75],
    [46 + (wall - 46) * 0.45, start - arch * 0.6 + drop * 0.1],
    [46 + (wall - 46) * 0.7, start + drop * 0.3],
    [46 + (wall - 46) * 0.9, start + drop * 0.66],
    [wall, start + drop],
    [wallAt(frame, start + drop + 46) + 9, start + drop + 46],
  ];
  return course.map(([d, y]): Point => [midline + side * d, y]);
}

function front(frame: Frame, side: Side, index: number): string {
  if (index > 7) return "";
  const { ribSpacing, ribDroop } = frame.anatomy;
  const start = frame.apexY + 26 + index * ribSpacing + ribDroop * (0.35 + 0.085 * index) + 46;
  const wall = wallAt(frame, start) + 9;
  const end = 150 + index * 16;
  const fall = 62 + index * 7;
  const course: Point[] = [
    [wall, start],
    [wall - (wall - end) * 0.2, start + fall * 0.45],
    [wall - (wall - end) * 0.6, start + fall * 0.88],
    [end, start + fall],
  ];
  return tube(
    course.map(([d, y]): Point => [midline + side * d, y]),
    27,
    0.21,
  );
}

/** A hollow bone: dense rims around a paler core, the lower rim heavier. */
function tube(course: readonly Point[], width: number, density: number): string {
  const path = smooth(course);
  const rim = smooth(course.map(([x, y]): Point => [x, y + width * 0.42]));
  return (
    stroke(path, width, 1, density) +
    stroke(path, width * 0.62, 0, density * 0.42) +
    stroke(rim, 3.2, 1, density * 0.5)
  );
}

type Broken = { readonly side: Side; readonly index: number; readonly severity: number };

/** Which rib of this patient is broken, when one is. */
function fractureOf(frame: Frame): Broken | undefined {
  const severity = frame.severities.Fracture ?? 0;
  if (severity === 0) return undefined;
  const random = seededRandom(frame.anatomy.interior + 3);
  return { side: random.int(2) === 0 ? -1 : 1, index: 4 + random.int(3), severity };
}

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
  return tube(
    course.map(([d, cy]): Point => [midline + side * d, cy]),
    30,
    0.34,
  );
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
