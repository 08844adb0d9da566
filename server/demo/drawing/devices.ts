import { type Random, seededRandom } from "@/server/ml/random";
import { type Frame, midline, type Side } from "./frame";
import { ellipse, line, type Point, smooth, stroke } from "./path";

/** Tubes, lines, leads and wires; a patient keeps the same set from film to film. */
export function devices(frame: Frame): string {
  const severity = frame.severities["Support Devices"] ?? 0;
  if (severity === 0) return "";
  const random = seededRandom(frame.anatomy.interior + 19);
  const kit = random.int(5);
  const set = [
    () => breathingTube(frame) + leads(frame, random),
    () => pacemaker(frame),
    () => centralLine(frame, random) + leads(frame, random),
    () => sternalWires(frame) + centralLine(frame, random),
    () => breathingTube(frame) + feedingTube(frame) + centralLine(frame, random),
  ][kit];
  return `<g opacity="${Math.min(1, 0.25 + severity).toFixed(2)}">${set?.() ?? ""}</g>`;
}

function breathingTube(frame: Frame): string {
  const x = midline - 6;
  const end = frame.apexY + 205;
  const tube = line([
    [x + 6, -40],
    [x, frame.apexY],
    [x, end],
  ]);
  return (
    stroke(tube, 13, 1, 0.24) +
    stroke(
      line([
        [x + 9, -40],
        [x + 4, frame.apexY],
        [x + 4, end - 10],
      ]),
      2.6,
      1,
      0.85,
    )
  );
}

function feedingTube(frame: Frame): string {
  const course: Point[] = [
    [midline + 14, -40],
    [midline + 12, frame.apexY + 250],
    [midline + 6, frame.dome[1] - 40],
    [midline + 44, frame.dome[1] + 84],
    [midline + 122, frame.dome[1] + 150],
  ];
  return stroke(smooth(course), 7, 1, 0.35) + stroke(smooth(course), 2.4, 1, 0.7);
}

function centralLine(frame: Frame, random: Random): string {
  const side: Side = random.int(3) === 0 ? 1 : -1;
  const tip: Point = [midline - 44, frame.apexY + 300];
  const course: Point[] = [
    [midline + side * 150, -30],
    [midline + side * 118, frame.apexY - 30],
    [midline + side * 70, frame.apexY + 84],
    [midline - 48, frame.apexY + 180],
    tip,
  ];
  return stroke(smooth(course), 5.4, 1, 0.8);
}

function leads(frame: Frame, random: Random): string {
  const pads: readonly Point[] = [
    [midline - 250, frame.apexY + 70],
    [midline + 262, frame.apexY + 84],
    [midline + 292, frame.dome[1] - 20],
  ];
  return pads
    .map(([x, y]) => {
      const side = x < midline ? -1 : 1;
      const wire: Point[] = [
        [x, y],
        [x + side * (30 + random.int(40)), y + 120 + random.int(60)],
        [x - side * (20 + random.int(70)), y + 330],
        [x + side * 40, 1060],
      ];
      return (
        stroke(smooth(wire), 3.4, 1, 0.55) + ellipse([x, y], 17, 17, 1, 0.3) + ellipse([x, y], 8, 8, 1, 0.95)
      );
    })
    .join("");
}

/** A generator under the left collar bone with two leads into the heart. */
function pacemaker(frame: Frame): string {
  const x = midline + 272;
  const y = frame.apexY + 96;
  const lead = (...heart: readonly Point[]): string =>
    stroke(
      smooth([
        [x - 34, y - 24],
        [x - 110, y - 66],
        [midline + 30, y + 30],
        [midline - 44, y + 130],
        ...heart,
      ]),
      4.6,
      1,
      0.88,
    );
  const can = `<rect x="${x - 50}" y="${y - 44}" width="100" height="88" rx="34" fill="#fff" fill-opacity="0.9"/><rect x="${x - 40}" y="${y - 4}" width="80" height="36" rx="15" fill="#999"/><circle cx="${x + 14}" cy="${y + 14}" r="10" fill="#eee"/>`;
  return (
    lead([midline - 54, frame.dome[-1] - 210], [midline - frame.heart.right * 0.7, frame.dome[-1] - 96]) +
    lead(
      [midline - 58, frame.dome[-1] - 170],
      [midline - 30, frame.dome[-1] - 62],
      [midline + frame.heart.left * 0.72, frame.dome[1] - 8],
    ) +
    ellipse([midline + frame.heart.left * 0.72, frame.dome[1] - 8], 6, 6, 1) +
    can
  );
}

function sternalWires(frame: Frame): string {
  return Array.from({ length: 6 }, (_, i) => {
    const y = frame.apexY + 170 + i * 68;
    const loop: Point[] = [
      [midline - 17, y],
      [midline - 4, y - 9],
      [midline + 17, y + 1],
      [midline + 3, y + 9],
    ];
    return (
      stroke(smooth(loop, true), 4, 1, 0.9) +
      stroke(
        line([
          [midline, y + 8],
          [midline - 6, y + 18],
        ]),
        4,
        1,
        0.9,
      )
    );
  }).join("");
}
