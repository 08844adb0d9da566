import type { Anatomy } from "../anatomy";
import type { Severities, View } from "../finding";
import type { Pose } from "../pose";
import type { Point } from "./path";

/** The chest as it lies on one film: the body, the breath and what the findings do to its outline. */
export type Frame = {
  readonly anatomy: Anatomy;
  readonly view: View;
  readonly severities: Severities;
  readonly halfWidth: number;
  readonly apexY: number;
  /** Half the heart's width to the film's left and right of the midline. */
  readonly heart: { readonly right: number; readonly left: number; readonly pedicle: number };
  /** Top of the dome by side. */
  readonly dome: Readonly<Record<Side, number>>;
  readonly base: Readonly<Record<Side, number>>;
};

/** −1: the film's left, which is the patient's right. */
export type Side = -1 | 1;
export const sides: readonly Side[] = [-1, 1];
export const midline = 500;

export function frameOf(anatomy: Anatomy, pose: Pose, view: View, severities: Severities): Frame {
  const shallow = (1 - pose.inspiration) * 70;
  const collapse = severities.Atelectasis ?? 0;
  // The base that lost volume is the one that interior's lowest bit names, as in the atelectasis itself.
  const raised = anatomy.interior % 2 === 0 ? -1 : 1;
  const dome = (side: Side) =>
    anatomy.domeY + (side === 1 ? anatomy.domeStep : 0) - shallow - (side === raised ? collapse * 42 : 0);
  const magnified = view === "PA" ? 1 : 1.08;
  const big = severities.Cardiomegaly ?? 0;
  const ratio = anatomy.heartRatio * magnified + big * 0.175 + (severities.Edema ?? 0) * 0.03;
  const width = 2 * anatomy.halfWidth * ratio;
  return {
    anatomy,
    view,
    severities,
    halfWidth: anatomy.halfWidth,
    apexY: anatomy.apexY,
    heart: {
      right: width * (0.32 + pose.turn * 0.05),
      left: width * (0.68 - pose.turn * 0.05),
      pedicle: 1 + (severities["Enlarged Cardiomediastinum"] ?? 0) * 0.95 + big * 0.15 + (magnified - 1),
    },
    dome: { [-1]: dome(-1), 1: dome(1) },
    base: { [-1]: dome(-1) + anatomy.domeHeight, 1: dome(1) + anatomy.domeHeight },
  };
}

/** Distance of the inner chest wall from the midline at a height. */
export function wallAt(frame: Frame, y: number): number {
  const t = Math.max(0, Math.min(1, (y - frame.apexY) / (830 - frame.apexY)));
  return 128 + (frame.halfWidth - 128) * (1 - (1 - t) ** 2.3) ** 0.6;
}

/** A point of the lung: `along` 0 at the midline to 1 at the wall, `y` in film units. */
export function inLung(frame: Frame, side: Side, along: number, y: number): Point {
  return [midline + side * (48 + (wallAt(frame, y) - 48) * along), y];
}

/** Height of the diaphragm at a distance from the midline. */
export function domeAt(frame: Frame, side: Side, distance: number): number {
  const base = frame.base[side];
  const u = Math.max(0, Math.min(1, (distance - 40) / (wallAt(frame, base) - 40)));
  const top = frame.dome[side];
  return u < 0.44 ? top + 46 * ((0.44 - u) / 0.44) ** 2 : top + (base - top) * ((u - 0.44) / 0.56) ** 2.4;
}
