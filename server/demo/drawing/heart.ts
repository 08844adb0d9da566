import { type Frame, midline } from "./frame";
import { ellipse, fill, type Point, smooth } from "./path";

/** Heart and great vessels in front of the spine: the mediastinum's outline as a reader traces it. */
export function heart(frame: Frame): string {
  return fill(outline(frame), 1) + hila(frame);
}

function outline(frame: Frame): string {
  const { right, left, pedicle } = frame.heart;
  const { knob } = frame.anatomy;
  const top = frame.apexY;
  const floorRight = frame.dome[-1] + 30;
  const floorLeft = frame.dome[1] + 34;
  const middle = frame.dome[1] - 150;
  const arch = top + 165;
  const points: Point[] = [
    [-44 * pedicle, top - 90],
    [-42 * pedicle, top + 60],
    [-52 * pedicle, top + 190],
    [-54 * pedicle, middle - 90],
    [-right * 0.66, middle - 22],
    [-right * 0.93, middle + 42],
    [-right, middle + 104],
    [-right * 0.9, floorRight - 24],
    [-right * 0.5, floorRight + 26],
    [left * 0.3, floorLeft + 34],
    [left * 0.84, floorLeft + 12],
    [left, floorLeft - 38],
    [left * 0.93, middle + 72],
    [left * 0.74, middle - 2],
    [Math.max(62, left * 0.38) * pedicle ** 0.5, middle - 92],
    [66 * pedicle, arch + 82],
    [56 * pedicle + knob * 0.24, arch + 54],
    [42 * pedicle + knob, arch + 12],
    [40 * pedicle + knob * 0.72, arch - 30],
    [44 * pedicle, arch - 62],
    [40 * pedicle, top + 30],
    [42 * pedicle, top - 90],
  ];
  return smooth(
    points.map(([d, y]): Point => [midline + d, y]),
    true,
  );
}

/** The roots of the lungs; the left one stands higher (Felson, Chest Roentgenology, 1973). */
function hila(frame: Frame): string {
  const y = frame.apexY + 318;
  const congested = 1 + (frame.severities.Edema ?? 0) * 0.5;
  return (
    ellipse([midline - 84, y + 22], 30 * congested, 62, 1, 0.34, 14) +
    ellipse([midline - 104, y + 62], 20 * congested, 56, 1, 0.22, 16) +
    ellipse([midline + 92, y], 29 * congested, 52, 1, 0.34, -14) +
    ellipse([midline + 110, y + 50], 19 * congested, 52, 1, 0.2, -18)
  );
}
