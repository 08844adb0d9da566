import { type Random, seededRandom } from "@/server/ml/random";
import type { DrawnFinding } from "../finding";
import { type Frame, inLung, midline, type Side, sides } from "./frame";
import { cloud, ellipse, fill, line, type Point, smooth, stroke } from "./path";

/** Everything that makes the lung itself whiter, as soft shapes; each patient has places of their own. */
export function opacities(frame: Frame): string {
  return (Object.keys(patterns) as (keyof typeof patterns)[])
    .map((finding, index) => {
      const severity = frame.severities[finding] ?? 0;
      const random = seededRandom(frame.anatomy.interior + 101 * (index + 1));
      return severity === 0 ? "" : patterns[finding](frame, random, severity);
    })
    .join("");
}

type Pattern = (frame: Frame, random: Random, severity: number) => string;

const patterns = {
  "COVID-19": covid,
  Pneumonia: pneumonia,
  Consolidation: consolidation,
  Edema: edema,
  "Lung Opacity": vagueOpacity,
  "Lung Lesion": lesion,
  Atelectasis: atelectasis,
} satisfies Partial<Record<DrawnFinding, Pattern>>;

/** Bilateral, peripheral, lower: the distribution of Wong et al., Radiology 2020;296:E72. */
function covid(frame: Frame, random: Random, severity: number): string {
  return sides
    .flatMap((side) =>
      Array.from({ length: 4 + Math.round(4 * severity) }, (_, i) => {
        const y = frame.dome[side] - 300 + i * 46 + random.uniform() * 50;
        const center = inLung(frame, side, 0.66 + random.uniform() * 0.28, y);
        const [rx, ry] = [40 + random.uniform() * 34, 46 + random.uniform() * 42];
        return cloud(
          center,
          rx,
          ry,
          severity * (0.62 + random.uniform() * 0.3),
          side * (random.uniform() * 30),
        );
      }),
    )
    .join("");
}

/** One side, one zone, patchy, with a ragged edge. */
function pneumonia(frame: Frame, random: Random, severity: number): string {
  const side: Side = random.int(2) === 0 ? -1 : 1;
  const y = frame.apexY + 230 + 115 * random.int(3);
  return Array.from({ length: 9 }, () => {
    const center = inLung(frame, side, 0.3 + random.uniform() * 0.4, y + (random.uniform() - 0.5) * 130);
    return cloud(
      center,
      36 + random.uniform() * 40,
      30 + random.uniform() * 36,
      severity * (0.5 + random.uniform() * 0.3),
      random.int(180),
    );
  }).join("");
}

/** A lobe filled up to its fissure, with air still in its bronchi. */
function consolidation(frame: Frame, random: Random, severity: number): string {
  const side: Side = random.int(2) === 0 ? -1 : 1;
  const upper = random.int(2) === 0;
  const edge = frame.apexY + 330;
  const floor = frame.base[side];
  const top = upper ? frame.apexY - 20 : edge + 20;
  const bottom = upper ? edge : floor;
  const outline: Point[] = [
    inLung(frame, side, upper ? 0.1 : 0.02, top + 70),
    inLung(frame, side, 0.5, top + (upper ? 24 : 8)),
    inLung(frame, side, 1.02, top + (upper ? 130 : 90)),
    inLung(frame, side, 1.02, bottom - (upper ? 4 : 90)),
    inLung(frame, side, 0.55, bottom - 8),
    inLung(frame, side, 0.08, bottom + (upper ? 6 : -60)),
  ];
  const middle = (top + bottom) / 2;
  const bronchi = [-46, 0, 42].map((slope) =>
    stroke(
      smooth([
        inLung(frame, side, 0.16, upper ? bottom - 30 : top + 30),
        inLung(frame, side, 0.42, middle + slope * 0.4),
        inLung(frame, side, 0.74, middle + slope * 1.6),
      ]),
      10,
      0,
      0.5,
    ),
  );
  return `<g opacity="${(0.95 * severity).toFixed(2)}">${fill(smooth(outline, true), 1, 0.86)}${bronchi.join("")}</g>`;
}

/** Haze around both hila, paler towards the wall ("bat's wings"). */
function edema(frame: Frame, random: Random, severity: number): string {
  return sides
    .flatMap((side) => {
      const y = frame.apexY + 350;
      const wing = cloud([midline + side * 180, y + 60], 135, 215, 0.66 * severity, side * -12);
      const core = cloud([midline + side * 130, y + 30], 84, 140, 0.5 * severity, side * -14);
      const flecks = Array.from({ length: 7 }, () =>
        cloud(
          inLung(frame, side, 0.2 + random.uniform() * 0.6, y - 150 + random.uniform() * 380),
          36,
          30,
          0.34 * severity,
        ),
      );
      return [wing, core, ...flecks];
    })
    .join("");
}

/** Somewhere, something: the parent finding when nothing more can be said. */
function vagueOpacity(frame: Frame, random: Random, severity: number): string {
  const side: Side = random.int(2) === 0 ? -1 : 1;
  const y = frame.apexY + 260 + random.uniform() * 200;
  const center = inLung(frame, side, 0.45 + random.uniform() * 0.2, y);
  return cloud(center, 96, 78, 0.7 * severity, random.int(90)) + cloud(center, 50, 42, 0.4 * severity);
}

function lesion(frame: Frame, random: Random, severity: number): string {
  const side: Side = random.int(2) === 0 ? -1 : 1;
  const center = inLung(
    frame,
    side,
    0.4 + random.uniform() * 0.32,
    frame.apexY + 150 + random.uniform() * 280,
  );
  const radius = (22 + random.uniform() * 16) * (0.75 + 0.25 * severity);
  return (
    ellipse(center, radius + 9, radius + 7, 1, 0.28 * severity) +
    ellipse(center, radius, radius * 0.92, 1, 0.85 * severity, 30)
  );
}

/** Bands above the diaphragm that lost its height (see frame). */
function atelectasis(frame: Frame, random: Random, severity: number): string {
  const side: Side = frame.anatomy.interior % 2 === 0 ? -1 : 1;
  const bands = [0, 1, 2].map((i) => {
    const y = frame.dome[side] - 34 - i * 38;
    const from = 0.26 + random.uniform() * 0.14;
    const course = line([
      inLung(frame, side, from, y + 12),
      inLung(frame, side, from + 0.46, y - 16 + random.uniform() * 16),
    ]);
    return stroke(course, 17 - i * 3, 1, 0.7 * severity);
  });
  return cloud([midline + side * 190, frame.dome[side]], 160, 52, 0.6 * severity) + bands.join("");
}
