import { seededRandom } from "@/server/ml/random";
import { domeAt, type Frame, inLung, midline, type Side, sides, wallAt } from "./frame";
import { closed, fill, type Point, smooth, stroke } from "./path";

/**
 * Fluid in the pleural space, up to a meniscus that climbs the wall: black where air is drawn, whose place it
 * takes, white where tissue is, which it thickens.
 */
export function effusion(frame: Frame, grey: 0 | 1, opacity: number): string {
  const severity = frame.severities["Pleural Effusion"] ?? 0;
  if (severity === 0) return "";
  const random = seededRandom(frame.anatomy.interior + 11);
  const both = random.uniform() < 0.3;
  const first: Side = random.int(2) === 0 ? -1 : 1;
  return sides
    .filter((side) => both || side === first)
    .map((side) => fill(fluid(frame, side, side === first ? severity : severity * 0.7), grey, opacity))
    .join("");
}

function fluid(frame: Frame, side: Side, severity: number): string {
  const base = frame.base[side];
  // A blunted angle at least (about 200 ml), half the chest at most.
  const climb = 40 + 250 * severity ** 1.4;
  const level = (along: number) => base - climb * (0.42 + 0.58 * along ** 5 + 0.05 * (1 - along) ** 3);
  const surface = [0, 0.15, 0.3, 0.45, 0.6, 0.7, 0.8, 0.86, 0.91, 0.95, 0.98, 1, 1.03].map((along) =>
    inLung(frame, side, along, level(along)),
  );
  const floor: Point[] = [
    [midline + side * (wallAt(frame, base) + 14), 1120],
    [midline, 1120],
  ];
  return closed([...surface, ...floor]);
}

type Collapse = {
  readonly side: Side;
  readonly edge: readonly Point[];
  readonly space: string;
  readonly severity: number;
};

/** Air between the wall and a lung that has come away from it. */
export function pneumothorax(frame: Frame): Collapse | undefined {
  const severity = frame.severities.Pneumothorax ?? 0;
  if (severity === 0) return undefined;
  const random = seededRandom(frame.anatomy.interior + 13);
  const side: Side = random.int(2) === 0 ? -1 : 1;
  const depth = (28 + 74 * severity) * (0.9 + random.uniform() * 0.3);
  const bottom = frame.dome[side] + 40;
  const heights = Array.from(
    { length: 12 },
    (_, i) => frame.apexY + depth * 0.9 + ((bottom - frame.apexY - depth) * i) / 11,
  );
  const edge = heights.map((y, i): Point => {
    const gap = depth * (1 - 0.62 * (i / 11)) * (i === 0 ? 1.5 : 1);
    return [midline + side * (wallAt(frame, y) - gap), y];
  });
  const start = edge[0] ?? [midline, frame.apexY];
  const whole: Point[] = [
    [midline + side * 96, start[1] + 26],
    [midline + side * (Math.abs(start[0] - midline) * 0.8), start[1] - 4],
    ...edge,
  ];
  const outer: Point[] = [
    [midline + side * (frame.halfWidth + 40), bottom],
    [midline + side * (frame.halfWidth + 40), frame.apexY - 40],
    [midline + side * 60, frame.apexY - 40],
  ];
  return { side, edge: whole, space: closed([...whole, ...outer]), severity };
}

/** The visceral pleura as a white hairline. */
export function pleuralLine({ edge, severity }: Collapse): string {
  return stroke(smooth(edge), 5.5, 1, 0.55 + 0.45 * severity);
}

/** Thickened pleura along one wall and over its apex. */
export function plaque(frame: Frame): string {
  const severity = frame.severities["Pleural Other"] ?? 0;
  if (severity === 0) return "";
  const random = seededRandom(frame.anatomy.interior + 17);
  const side: Side = random.int(2) === 0 ? -1 : 1;
  const thick = 10 + 26 * severity;
  const top = frame.apexY + 250 + random.uniform() * 60;
  const bulge = Array.from({ length: 9 }, (_, i): Point => {
    const y = top + i * 28;
    return [
      midline +
        side * (wallAt(frame, y) - thick * Math.sin((i / 8) * Math.PI) * (0.8 + random.uniform() * 0.4)),
      y,
    ];
  });
  const behind: Point[] = [
    [midline + side * (frame.halfWidth + 40), top + 230],
    [midline + side * (frame.halfWidth + 40), top],
  ];
  const cap = stroke(
    smooth([
      inLung(frame, side, 0.25, frame.apexY + 6),
      inLung(frame, side, 0.8, frame.apexY + 4),
      inLung(frame, side, 1, frame.apexY + 50),
    ]),
    thick * 1.1,
    0,
    0.8 * severity,
  );
  return fill(closed([...bulge, ...behind]), 0, 0.85) + cap;
}

/** Calcium in the dome's pleura, bright and thin. */
export function calcifiedDome(frame: Frame): string {
  const severity = frame.severities["Pleural Other"] ?? 0;
  if (severity < 0.5) return "";
  const side: Side = frame.anatomy.interior % 3 === 0 ? 1 : -1;
  const course = [120, 160, 200, 240].map((d): Point => [midline + side * d, domeAt(frame, side, d) - 2]);
  return stroke(smooth(course), 6, 1, 0.5 * severity);
}
