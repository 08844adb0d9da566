/**
 * A film before it is developed: SVG fragments in anatomy units, each a map of how much of one thing the rays
 * pass through (white is most).
 */
export type Scene = {
  /** Soft tissue from front to back. */
  readonly body: string;
  /** Where there is air in place of tissue: lungs, stomach. */
  readonly air: string;
  /** What fills the lungs' place with water: heart, great vessels. */
  readonly water: string;
  /** Opacities of the lung itself, before they are mottled. */
  readonly haze: string;
  readonly bone: string;
  /** Vessels and other fine marks, seen against air only. */
  readonly vessels: string;
  /** Metal and plastic, crisp and on top of all. */
  readonly hard: string;
};
