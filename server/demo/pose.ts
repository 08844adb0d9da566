import { deriveSeed, seededRandom } from "@/server/ml/random";
import type { View } from "./finding";

/** How the patient stood, breathed and was exposed on one film. */
export type Pose = {
  /** 1 is a full breath. */
  readonly inspiration: number;
  /** −1 … 1: turned to either side. */
  readonly turn: number;
  /** Degrees that the film is tilted. */
  readonly tilt: number;
  readonly zoom: number;
  readonly shift: readonly [x: number, y: number];
  /** −1 … 1: under- to overexposed. */
  readonly exposure: number;
};

export function poseOf(filmSeed: number, view: View): Pose {
  const random = seededRandom(deriveSeed(filmSeed, 2));
  // A patient in bed breathes less and lies less straight than one who stands.
  const loose = view === "PA" ? 0.55 : 1;
  const around = (spread: number) => (random.uniform() * 2 - 1) * spread * loose;
  return {
    inspiration: Math.min(1, 0.9 + (view === "PA" ? 0.08 : -0.12) + around(0.14)),
    turn: around(0.7),
    tilt: around(3),
    zoom: 0.985 + around(0.055),
    shift: [around(30), around(22)],
    exposure: around(0.7),
  };
}
