/** Side of the grid on which distances are told: what the networks see of a film, stretched to a square. */
const side = 224;

/** Zhang et al. 2018 take 15 pixels; theirs are the picture's own, which on a film of 2,000 would be nothing. */
export const pointingTolerance = 15;

/** A box or an ellipse in its bounding box, in the film's pixels. */
export type PointedAt = {
  readonly shape: "rectangle" | "ellipse";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

type Size = { readonly width: number; readonly height: number };
type Point = { readonly x: number; readonly y: number };

/**
 * The pointing game (Zhang et al. 2018, Top-Down Neural Attention by Excitation Backprop, IJCV 126): how far the map's
 * maximum lies from the nearest region, in pixels of the film stretched to 224 × 224; 0 inside one. At most
 * `pointingTolerance` is a hit. The maximum of a map drawn bilinear is the centre of its highest cell; of equal ones the first in reading
 * order. Null where nothing in the map is positive, or where there is no region: then nobody points.
 */
export function pointingDistance(
  map: ArrayLike<number>,
  grid: Size,
  film: Size,
  regions: readonly PointedAt[],
): number | null {
  const peak = highestCell(map);
  if (peak === null || regions.length === 0) return null;
  const point = {
    x: (((peak % grid.width) + 0.5) * film.width) / grid.width,
    y: ((Math.floor(peak / grid.width) + 0.5) * film.height) / grid.height,
  };
  return Math.min(...regions.map((region) => distanceTo(point, region, film)));
}

function highestCell(map: ArrayLike<number>): number | null {
  let peak: number | null = null;
  for (let cell = 0; cell < map.length; cell++) {
    if ((map[cell] ?? 0) > (peak === null ? 0 : (map[peak] ?? 0))) peak = cell;
  }
  return peak;
}

/** To the nearest of the region's pixels on the grid; its middle stands for one too small to have any. */
function distanceTo(point: Point, region: PointedAt, film: Size): number {
  if (covers(region, point)) return 0;
  const [across, down] = [film.width / side, film.height / side];
  const away = ({ x, y }: Point) => Math.hypot((x - point.x) / across, (y - point.y) / down);
  let least = away({ x: region.x + region.width / 2, y: region.y + region.height / 2 });
  for (let row = Math.floor(region.y / down); row * down < region.y + region.height; row++) {
    for (let column = Math.floor(region.x / across); column * across < region.x + region.width; column++) {
      const pixel = { x: (column + 0.5) * across, y: (row + 0.5) * down };
      if (covers(region, pixel)) least = Math.min(least, away(pixel));
    }
  }
  return least;
}

function covers({ shape, x, y, width, height }: PointedAt, point: Point): boolean {
  const [u, v] = [(point.x - x) / width, (point.y - y) / height];
  if (shape === "ellipse") return (2 * u - 1) ** 2 + (2 * v - 1) ** 2 <= 1;
  return u >= 0 && u <= 1 && v >= 0 && v <= 1;
}
