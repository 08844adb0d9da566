import { deriveSeed, seededRandom } from "@/server/ml/random";

/**
 * A patient's body, the same on all of their films. Lengths are in units of a thousandth of the film's height;
 * `x` runs to the film's right (the patient's left), `y` down.
 */
export type Anatomy = {
  readonly sex: "F" | "M";
  /** Half the inner width of the chest at its base. */
  readonly halfWidth: number;
  readonly apexY: number;
  /** Top of the right dome on a deep breath; the left one stands `domeStep` lower. */
  readonly domeY: number;
  readonly domeStep: number;
  readonly domeHeight: number;
  /** Widest heart over widest chest; up to 0.5 is normal (Danzer, Am J Med Sci 1919). */
  readonly heartRatio: number;
  readonly knob: number;
  readonly ribSpacing: number;
  readonly ribDroop: number;
  readonly clavicleRise: number;
  /** Sideways swing of the spine. */
  readonly sway: number;
  readonly shoulderY: number;
  /** Thickness of the soft tissue on the chest wall. */
  readonly tissue: number;
  /** Where vessels run and where findings sit. */
  readonly interior: number;
};

export function anatomyOf(patientSeed: number, sex: "F" | "M"): Anatomy {
  const random = seededRandom(deriveSeed(patientSeed, 1));
  const between = (low: number, high: number) => low + (high - low) * random.uniform();
  const smaller = sex === "F" ? 0.955 : 1;
  return {
    sex,
    halfWidth: between(338, 412) * smaller,
    apexY: between(84, 128),
    domeY: between(650, 728),
    domeStep: between(12, 36),
    domeHeight: between(92, 128),
    heartRatio: between(0.385, 0.47),
    knob: between(30, 50),
    ribSpacing: between(63, 71),
    ribDroop: between(66, 104),
    clavicleRise: between(28, 74),
    sway: between(-11, 11),
    shoulderY: between(84, 128),
    tissue: between(24, 104),
    interior: random.int(1 << 30),
  };
}
