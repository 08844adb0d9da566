import type { Frame } from "./frame";
import { type Point, smooth, stroke } from "./path";

/** Spine, breastbone, shoulder blades and both cages' ribs, one behind the other. */
export function lateralBones(frame: Frame): string {
  return vertebrae(frame) + ribs(frame) + breastbone() + blades();
}

function vertebrae({ anatomy }: Frame): string {
  const height = anatomy.ribSpacing * 0.98;
  return Array.from({ length: 16 }, (_, i) => {
    const y = -20 + i * height;
    const t = y / 1000;
    // The chest's kyphosis: the spine bows backwards in its middle.
    const x = 610 + 108 * Math.sin(Math.PI * Math.min(1, 0.1 + t * 0.72));
    const turn = 20 - t * 38;
    const process = `<rect x="${(x + 56).toFixed(1)}" y="${(y + 26).toFixed(1)}" width="54" height="13" rx="6" fill="#fff" fill-opacity="0.14"/>`;
    const body = `<rect x="${(x - 37).toFixed(1)}" y="${y.toFixed(1)}" width="74" height="${(height * 0.78).toFixed(1)}" rx="8" fill="#fff" fill-opacity="0.26" stroke="#fff" stroke-width="4" stroke-opacity="0.34"/>`;
    return `<g transform="rotate(${(-turn).toFixed(1)} ${x.toFixed(1)} ${y.toFixed(1)})">${body}${process}</g>`;
  }).join("");
}

function ribs({ anatomy }: Frame): string {
  return [0, 26]
    .flatMap((behind) =>
      Array.from({ length: 9 }, (_, i) => {
        const y = 130 + i * anatomy.ribSpacing + behind;
        const front = 320 - Math.min(90, i * 22);
        const course: Point[] = [
          [690 + behind + Math.min(60, i * 14), y + 10],
          [640, y + 34],
          [500, y + 110],
          [Math.min(480, front + 90), y + 172],
          [front, y + 200],
        ];
        const path = smooth(course);
        return stroke(path, 20, 1, 0.15) + stroke(path, 13, 0, 0.07);
      }),
    )
    .join("");
}

function breastbone(): string {
  const course = smooth([
    [300, 206],
    [246, 300],
    [212, 440],
    [200, 590],
  ]);
  return stroke(course, 24, 1, 0.28) + stroke(course, 13, 0, 0.12);
}

function blades(): string {
  return [0, 34]
    .map((shift) =>
      stroke(
        smooth([
          [690 + shift, 120],
          [716 + shift, 260],
          [742 + shift, 430],
        ]),
        10,
        1,
        0.22,
      ),
    )
    .join("");
}
