import { type Frame, midline } from "./frame";
import { ellipse, line, stroke } from "./path";

/** Vertebrae with endplates, pedicles and spinous processes. */
export function spine(frame: Frame): string {
  return Array.from({ length: 17 }, (_, index) => vertebra(frame, index)).join("");
}

function vertebra(frame: Frame, index: number): string {
  const height = frame.anatomy.ribSpacing * 0.94;
  const y = frame.apexY - 110 + index * height;
  const x = midline + frame.anatomy.sway * Math.sin((index / 16) * Math.PI * 1.6);
  const half = 36 + index * 0.9;
  const tall = height * 0.8;
  const box = `<rect x="${(x - half).toFixed(1)}" y="${y.toFixed(1)}" width="${(2 * half).toFixed(1)}" height="${tall.toFixed(1)}" rx="9" fill="#fff" fill-opacity="0.2" stroke="#fff" stroke-opacity="0.26" stroke-width="4"/>`;
  const pedicles = [-1, 1]
    .map((side) => ellipse([x + side * half * 0.62, y + tall * 0.36], 8, 11, 1, 0.24))
    .join("");
  const process = stroke(
    line([
      [x, y + tall * 0.45],
      [x, y + tall * 1.05],
    ]),
    9,
    1,
    0.2,
  );
  return box + pedicles + process;
}
