/** The two cells between whose centres a pixel's centre lies, and how far it is to the second. */
export type Neighbours = { readonly low: number; readonly high: number; readonly share: number };

/** Bilinear with half-pixel centres, the outermost cells held to the border: how every overlay is drawn. */
export function neighbours(pixel: number, pixels: number, cells: number): Neighbours {
  const place = Math.min(Math.max(((pixel + 0.5) * cells) / pixels - 0.5, 0), cells - 1);
  const low = Math.floor(place);
  return { low, high: Math.min(low + 1, cells - 1), share: place - low };
}
