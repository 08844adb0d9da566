import { seededRandom } from "@/server/ml/random";
import type { DrawnFinding, Severities } from "../finding";
import type { Frame } from "./frame";
import { lateralBones } from "./lateral-bones";
import { closed, cloud, ellipse, fill, line, type Point, smooth, stroke } from "./path";
import type { Scene } from "./scene";

/** The chest from its left side: breastbone to the film's left, spine to its right. */
export function lateralScene(frame: Frame): Scene {
  return {
    body: torso(frame),
    air: lung(frame) + effusion(frame) + airway(1),
    water: heart(frame) + airway(0),
    haze: opacities(frame),
    bone: lateralBones(frame),
    vessels: vessels(frame),
    hard: devices(frame.severities),
  };
}

function torso({ anatomy }: Frame): string {
  const chest = anatomy.sex === "F" ? 66 : 10;
  const outline: Point[] = [
    [370, -60],
    [330, 60],
    [220, 170],
    [176, 340],
    [168 - chest * 0.9, 520],
    [172 - chest * 0.5, 640],
    [164 - anatomy.tissue * 0.4, 1120],
    [830 + anatomy.tissue * 0.5, 1120],
    [822 + anatomy.tissue * 0.4, 640],
    [846 + anatomy.tissue * 0.3, 380],
    [800, 180],
    [690, 60],
    [640, -60],
  ];
  const raisedArms = ellipse([470, 40], 190, 150, 1, 0.3, -18);
  const belly = fill(
    smooth(
      [
        [120, 1120],
        [170, 800],
        [390, 700],
        [640, 760],
        [850, 900],
        [860, 1120],
      ],
      true,
    ),
    1,
    0.38,
  );
  return (
    fill(smooth(outline, true), 0.7) +
    raisedArms +
    belly +
    stroke(
      line([
        [600, -40],
        [690, 420],
        [690, 1100],
      ]),
      130,
      1,
      0.2,
    )
  );
}

function lung(frame: Frame): string {
  const dome = frame.dome[-1];
  const floor: Point[] = [
    [226, dome + 44],
    [300, dome - 4],
    [400, dome - 18],
    [500, dome + 8],
    [600, dome + 76],
    [690, dome + 168],
    [742, dome + 204],
  ];
  const back: Point[] = [
    [774, dome + 140],
    [778, 520],
    [750, 330],
    [690, 200],
    [620, 132],
  ];
  const front: Point[] = [
    [520, 104],
    [430, 130],
    [330, 214],
    [258, 320],
    [226, 470],
    [214, 620],
  ];
  const second = floor.map(([x, y]): Point => [x, y + 30]);
  return (
    fill(smooth([...front, ...floor, ...back], true), 1, 0.86) +
    fill(closed([...floor, ...second.toReversed()]), 1, 0.3) +
    ellipse([352, dome + 92], 78, 34, 1, 0.32, 6)
  );
}

function airway(grey: 0 | 1): string {
  const course = smooth([
    [506, -40],
    [520, 160],
    [536, 372],
  ]);
  return `<g opacity="0.6">${stroke(course, 34, grey)}${ellipse([538, 392], 18, 20, grey)}</g>`;
}

function heart(frame: Frame): string {
  const big = 1 + (frame.severities.Cardiomegaly ?? 0) * 0.3;
  const dome = frame.dome[-1];
  const outline: Point[] = [
    [228, dome + 30],
    [236, dome - 90 * big],
    [292, dome - 176 * big],
    [380, dome - 236 * big],
    [452, dome - 220 * big],
    [468 + 40 * (big - 1), dome - 120 * big],
    [446 + 60 * (big - 1), dome - 20],
    [400, dome + 30],
  ];
  const shadow = fill(smooth(outline, true), 1, 0.6) + cloud([350, dome - 80], 96 * big, 110 * big, 0.5);
  const arch = stroke(
    smooth([
      [440, dome - 240],
      [470, 320],
      [560, 286],
      [640, 350],
      [664, 560],
      [670, 900],
    ]),
    58,
    1,
    0.3,
  );
  const hilum = cloud([520, 430], 54, 62, 0.6);
  return (
    shadow +
    arch +
    hilum +
    stroke(
      line([
        [446, dome - 210],
        [452, 220],
      ]),
      70,
      1,
      0.36,
    )
  );
}

function effusion(frame: Frame): string {
  const severity = frame.severities["Pleural Effusion"] ?? 0;
  if (severity === 0) return "";
  const base = frame.dome[-1] + 220;
  const climb = 60 + 230 * severity;
  const surface: Point[] = [
    [420, base - climb * 0.3],
    [540, base - climb * 0.52],
    [660, base - climb * 0.66],
    [730, base - climb * 0.86],
    [790, base - climb * 1.1],
  ];
  return fill(`${smooth(surface)}L840 ${base + 60}L420 ${base + 60}Z`, 0, 0.95);
}

const hazy: readonly DrawnFinding[] = [
  "COVID-19",
  "Pneumonia",
  "Consolidation",
  "Edema",
  "Lung Opacity",
  "Lung Lesion",
  "Atelectasis",
];

/** From the side an opacity is a cloud at its patient's place, round or flat by its kind. */
function opacities({ severities, anatomy }: Frame): string {
  const random = seededRandom(anatomy.interior + 23);
  return hazy
    .map((finding) => {
      const severity = severities[finding] ?? 0;
      const at: Point = [500 + random.uniform() * 190, 380 + random.uniform() * 280];
      if (severity === 0) return "";
      if (finding === "Lung Lesion") return ellipse(at, 28, 26, 1, 0.85 * severity);
      if (finding === "Edema") return cloud([520, 450], 150, 190, 0.66 * severity);
      const flat = finding === "Atelectasis" ? 0.3 : 0.8;
      return (
        cloud(at, 106, 106 * flat, 0.9 * severity) +
        cloud([at[0] - 40, at[1] + 40], 66, 60 * flat, 0.5 * severity)
      );
    })
    .join("");
}

function vessels({ anatomy }: Frame): string {
  const random = seededRandom(anatomy.interior);
  return Array.from({ length: 26 }, () => {
    const angle = random.uniform() * Math.PI * 2;
    const reach = 80 + random.uniform() * 210;
    const bend = angle + (random.uniform() - 0.5) * 0.8;
    const start: Point = [520 + Math.cos(angle) * 34, 430 + Math.sin(angle) * 40];
    const middle: Point = [520 + Math.cos(angle) * reach * 0.55, 430 + Math.sin(angle) * reach * 0.55];
    const end: Point = [520 + Math.cos(bend) * reach, 430 + Math.sin(bend) * reach * 1.15];
    const width = 3 + random.uniform() * 5;
    return (
      stroke(smooth([start, middle]), width, 1, 0.34) + stroke(smooth([middle, end]), width * 0.6, 1, 0.26)
    );
  }).join("");
}

function devices(severities: Severities): string {
  const severity = severities["Support Devices"] ?? 0;
  const wire = smooth([
    [250, 170],
    [330, 260],
    [420, 330],
    [430, 560],
  ]);
  return severity === 0 ? "" : `<g opacity="${severity}">${stroke(wire, 4.6, 1, 0.85)}</g>`;
}
