export const filmLimits = { minSide: 32, maxSide: 16_000, maxPixels: 100e6 } as const;

/** Why an image of this many pixels is no film; null when it may be one. */
export function filmProblem(width: number, height: number): string | null {
  const size = `${width} × ${height} pixels`;
  if (Math.min(width, height) < filmLimits.minSide) return `${size} is too small for a film`;
  if (Math.max(width, height) > filmLimits.maxSide || width * height > filmLimits.maxPixels) {
    return `${size} is too large for a film`;
  }
  return null;
}
