export const poolings = ["gap", "avgpool4x4-flatten"] as const;

/**
 * How the last feature map becomes one vector.
 * - "gap": the mean of each channel over the whole map
 * - "avgpool4x4-flatten": Keras' `AveragePooling2D(4)` and `Flatten`, as the published study did. Its windows are
 *   whole ones only ("valid"), so of a 7 × 7 map it sees no more than the top-left 4 × 4.
 */
export type Pooling = (typeof poolings)[number];

/** Which cells of a feature map are averaged together. */
export type Windows = {
  readonly count: number;
  /** Cells in each. */
  readonly cells: number;
  /** The window of each cell, row by row; −1 for a cell that no window sees. */
  readonly of: Int32Array; // [height * width]
};

const side = 4;

/** The windows of a pooling on a map of that size, row by row. @throws Error for a map without room for one */
export function windowsOf(pooling: Pooling, height: number, width: number): Windows {
  if (pooling === "gap") return { count: 1, cells: height * width, of: new Int32Array(height * width) };
  const [rows, columns] = [Math.floor(height / side), Math.floor(width / side)];
  if (rows * columns === 0)
    throw new Error(`A map of ${height} × ${width} has no window of ${side} × ${side}`);
  const of = Int32Array.from({ length: height * width }, (_, cell) => {
    const [row, column] = [Math.floor(cell / width / side), Math.floor((cell % width) / side)];
    return row < rows && column < columns ? row * columns + column : -1;
  });
  return { count: rows * columns, cells: side * side, of };
}

/** Length of the vector that a network's last map becomes. */
export function pooledWidth(
  pooling: Pooling,
  map: { readonly height: number; readonly width: number; readonly channels: number },
): number {
  return windowsOf(pooling, map.height, map.width).count * map.channels;
}

/** The vector of one feature map [height, width, channels], window by window. */
export function poolMap(values: Float32Array, windows: Windows): Float32Array {
  const channels = values.length / windows.of.length;
  const mean = new Float64Array(windows.count * channels);
  windows.of.forEach((window, cell) => {
    if (window < 0) return;
    for (let channel = 0; channel < channels; channel++) {
      const at = window * channels + channel;
      mean[at] = (mean[at] ?? 0) + (values[cell * channels + channel] ?? 0) / windows.cells;
    }
  });
  return Float32Array.from(mean);
}
