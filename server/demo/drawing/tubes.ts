import { type Point, smooth, stroke } from "./path";

/**
 * Hollow bones: dense rims around a paler core, the lower rim heavier. Bones of one kind go into one path:
 * separate strokes take twice as long to draw.
 */
export function tubes(courses: readonly (readonly Point[])[], width: number, density: number): string {
  const paths = courses.map((course) => smooth(course)).join("");
  const rims = courses.map((course) => smooth(course.map(([x, y]): Point => [x, y + width * 0.42]))).join("");
  return (
    stroke(paths, width, 1, density) +
    stroke(paths, width * 0.62, 0, density * 0.42) +
    stroke(rims, 3.2, 1, density * 0.5)
  );
}
