import { seededRandom } from "@/server/ml/random";
import { type Frame, midline, type Side, sides, wallAt } from "./frame";
import { line, type Point, stroke } from "./path";
import { tubes } from "./tubes";

/** Both cages, the back of each rib stronger than its front, which fades into cartilage. */
export function ribs(frame: Frame): string {
  const backs = sides.flatMap((side) => whole.map((index) => ({ side, index })));
  const broken = fractureOf(frame);
  const isBroken = (rib: Rib) => rib.side === broken?.side && rib.index === broken.index;
  const sound = backs.filter((rib) => !isBroken(rib)).map((rib) => backCourse(frame, rib.side, rib.index));
  const fronts = sides.flatMap((side) => whole.slice(0, 8).map((index) => frontCourse(frame, side, index)));
  return tubes(sound, 25, 0.3) + tubes(fronts, 27, 0.21) + (broken ? fracture(frame, broken) : "");
}

const whole = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;

type Rib = { readonly side: Side; readonly index: number };

/** A rib in two pieces, the outer one slipped, with a dark gap between. */
function fracture(frame: Frame, { side, index, severity }: Broken): string {
  const points = backCourse(frame, side, index);
  const [inner, outer] = [points.slice(0, 4), points.slice(3)];
  const slipped = outer.map(([x, y]): Point => [x + side * 7 * severity, y + 27 * severity]);
  const [x, y] = points[3] ?? [0, 0];
  const gap: Point[] = [
    [x + side * 3, y - 20],
    [x - side * 2, y + 24],
  ];
  return tubes([inner, slipped], 25, 0.42) + stroke(line(gap), 11 * severity, 0, 0.9);
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

function frontCourse(frame: Frame, side: Side, index: number): Point[] {
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
  return course.map(([d, y]): Point => [midline + side * d, y]);
}

type Broken = Rib & { readonly severity: number };

/** Which rib of this patient is broken, when one is. */
function fractureOf(frame: Frame): Broken | undefined {
  const severity = frame.severities.Fracture ?? 0;
  if (severity === 0) return undefined;
  const random = seededRandom(frame.anatomy.interior + 3);
  return { side: random.int(2) === 0 ? -1 : 1, index: 4 + random.int(3), severity };
}
