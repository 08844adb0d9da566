import { type Random, seededRandom } from "@/server/ml/random";
import { type Frame, inLung, midline, type Side, sides } from "./frame";
import { line, type Point, smooth, stroke } from "./path";

/** The vessels' trees from both hila, and the lines that oedema draws at the bases. */
export function vessels(frame: Frame): string {
  const random = seededRandom(frame.anatomy.interior);
  const twigs = sides.flatMap((side) => trunks(frame, random, side));
  return widths.map((width) => bundle(twigs, width)).join("") + kerleyLines(frame);
}

type Twig = { readonly path: string; readonly width: number };

// Twigs of one width go into one path: hundreds of separate strokes would cost a tenth of a second a film.
const widths = [16, 11, 8, 5.5, 4, 2.8, 2];

function bundle(twigs: readonly Twig[], width: number): string {
  const path = twigs.flatMap((twig) => (nearest(twig.width) === width ? [twig.path] : [])).join("");
  return path === "" ? "" : stroke(path, width, 1, Math.min(0.6, 0.22 + width * 0.04));
}

function nearest(width: number): number {
  return widths.reduce((best, candidate) =>
    Math.abs(candidate - width) < Math.abs(best - width) ? candidate : best,
  );
}

function trunks(frame: Frame, random: Random, side: Side): Twig[] {
  const congested = 1 + (frame.severities.Edema ?? 0) * 0.6;
  return Array.from({ length: 10 }, (_, index) => {
    // From nearly straight up round the outside to straight down; y of the hilum as in `hila`.
    const angle = ((-78 + (168 * index) / 9 + (random.uniform() - 0.5) * 14) * Math.PI) / 180;
    const lower = index > 5;
    const from: Point = [midline + side * (80 + 10 * random.uniform()), frame.apexY + 306 + index * 6];
    const reach = (lower ? 380 : 300) * (0.8 + random.uniform() * 0.3);
    const width = (lower ? 14 : 10.5) * congested;
    return branch(random, { from, angle, reach, width, side, depth: 0 });
  }).flat();
}

type Branch = {
  readonly from: Point;
  readonly angle: number;
  readonly reach: number;
  readonly width: number;
  readonly side: Side;
  readonly depth: number;
};

function branch(random: Random, { from, angle, reach, width, side, depth }: Branch): Twig[] {
  const course: Point[] = [from];
  const steps = 4 - depth;
  const bend = (random.uniform() - 0.5) * 0.5;
  let heading = angle;
  for (let step = 0; step < steps; step++) {
    const [x, y] = course[step] ?? from;
    heading += bend / steps + (random.uniform() - 0.5) * 0.22;
    course.push([x + (side * Math.cos(heading) * reach) / steps, y + (Math.sin(heading) * reach) / steps]);
  }
  const drawn = course
    .slice(1)
    .map((_, i): Twig => ({ path: smooth(course.slice(i, i + 2)), width: width * (1 - (i * 0.72) / steps) }));
  if (depth === 2) return drawn;
  const children = course.slice(1, steps).flatMap((fork, i) => {
    const turn = (random.int(2) === 0 ? -1 : 1) * (0.4 + random.uniform() * 0.45);
    return branch(random, {
      from: fork,
      angle: heading + turn,
      reach: reach * (0.34 + random.uniform() * 0.2),
      width: width * (0.62 - 0.1 * i),
      side,
      depth: depth + 1,
    });
  });
  return [...drawn, ...children];
}

/** Short lines at the outer bases, as in interstitial oedema (Kerley, BMJ 1933). */
function kerleyLines(frame: Frame): string {
  const edema = frame.severities.Edema ?? 0;
  if (edema === 0) return "";
  return sides
    .flatMap((side) =>
      Array.from({ length: 8 }, (_, i) => {
        const y = frame.dome[side] - 120 + i * 19;
        return stroke(
          line([inLung(frame, side, 0.86, y), inLung(frame, side, 0.985, y - 3)]),
          2.6,
          1,
          0.5 * edema,
        );
      }),
    )
    .join("");
}
