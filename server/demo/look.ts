/** What a hospital's detector and screen make of the same chest. */
export type FilmLook = {
  /** Steepness of the film's curve; 1 is plain. */
  readonly contrast: number;
  /** −0.2 … 0.2 */
  readonly brightness: number;
  /** Standard deviation of the grain, in grey levels of 255. */
  readonly grain: number;
  /** Share of each edge that the collimator keeps black. */
  readonly collimation: number;
};

export const plainLook: FilmLook = { contrast: 1, brightness: 0, grain: 4, collimation: 0 };
