import { z } from "zod";

/** How many films one decision may be about. */
const mostAtOnce = 500;

export const decisionInput = z.object({
  ids: z.array(z.int().positive()).min(1, "Choose a film.").max(mostAtOnce),
});

/** A film that waits until somebody has looked whether text is burned in. */
export type HeldFilm = {
  readonly id: number;
  readonly dataset: string;
  readonly path: string;
  readonly patient: string;
  readonly view: string;
  readonly reason: string;
  readonly width: number;
  readonly height: number;
  /** ISO 8601. */
  readonly since: string;
};
