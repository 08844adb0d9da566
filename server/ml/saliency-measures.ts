import { type Neighbours, neighbours } from "./drawn-map";

/** How many cells a saliency map has. */
export type Grid = { readonly width: number; readonly height: number };

/** Light (128 and above) where there is lung; row by row, stretched over the film whatever its size. */
export type Mask = { readonly data: Uint8Array; readonly width: number; readonly height: number };

/** What each cell of a map gives to the pixels of one mask, [height, width]. */
export type MaskWeights = { readonly inside: readonly number[]; readonly outside: readonly number[] };
type Sums = { readonly inside: Float64Array; readonly outside: Float64Array };

/**
 * How much of each cell falls inside and outside a mask when a map of this grid is drawn bilinear over the film, at
 * the mask's own pixels. They depend on the mask alone, so that one reading of it serves every map of its film.
 */
export function maskWeights({ data, width, height }: Mask, grid: Grid): MaskWeights {
  const cells = grid.width * grid.height;
  const weights: Sums = { inside: new Float64Array(cells), outside: new Float64Array(cells) };
  const columns = Array.from({ length: width }, (_, x) => neighbours(x, width, grid.width));
  for (let y = 0; y < height; y++) {
    const along = alongRow(data, y * width, columns, grid.width);
    const { low, high, share } = neighbours(y, height, grid.height);
    for (const side of ["inside", "outside"] as const) {
      along[side].forEach((weight, x) => {
        add(weights[side], low * grid.width + x, weight * (1 - share));
        add(weights[side], high * grid.width + x, weight * share);
      });
    }
  }
  return { inside: [...weights.inside], outside: [...weights.outside] };
}

function alongRow(data: Uint8Array, from: number, columns: readonly Neighbours[], cells: number): Sums {
  const along = { inside: new Float64Array(cells), outside: new Float64Array(cells) };
  for (let x = 0; x < columns.length; x++) {
    const column = columns[x];
    if (!column) continue;
    const side = (data[from + x] ?? 0) >= 128 ? along.inside : along.outside;
    add(side, column.low, 1 - column.share);
    add(side, column.high, column.share);
  }
  return along;
}

function add(to: Float64Array, at: number, amount: number): void {
  to[at] = (to[at] ?? 0) + amount;
}

/**
 * The share of a map's energy outside a mask: Σ of the drawn map's values over the mask's dark pixels ÷ Σ over all of
 * its pixels, of the positive part of the raw values (not of what the overlay shows, which begins at the map's
 * minimum). The complement of the energy-based pointing game's proportion (Wang et al. 2020, Score-CAM), with the
 * lungs in place of a box. Null where nothing in the map is positive.
 */
export function shareOutside(map: ArrayLike<number>, { inside, outside }: MaskWeights): number | null {
  const energy = (weights: readonly number[]) =>
    weights.reduce((sum, weight, cell) => sum + weight * Math.max(map[cell] ?? 0, 0), 0);
  const beyond = energy(outside);
  const all = beyond + energy(inside);
  return all > 0 ? beyond / all : null;
}
