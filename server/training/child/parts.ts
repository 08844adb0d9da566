import type { RunImages } from "./protocol";

/** Places of a part's images among the run's, in their order; 0 train, 1 validation, 2 test. */
export function rowsOfPart(images: RunImages, part: number): number[] {
  return Array.from(images.part.keys()).filter((at) => images.part[at] === part);
}
