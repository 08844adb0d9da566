import { neighbours } from "./drawn-map";
import { inferno } from "./inferno";
import type { RawImage } from "./raw-image";

/** A saliency map as it is stored. */
export type OverlayMap = {
  readonly values: Float32Array; // [height, width]
  readonly width: number;
  readonly height: number;
  readonly min: number;
  readonly max: number;
};

/**
 * A map as a transparent picture of width × height pixels, RGBA: bilinear between the centres of the map's
 * cells, inferno colours over the map's range, the more opaque the higher. A map of one value is all clear.
 */
export function drawOverlay(map: OverlayMap, width: number, height: number): Uint8Array {
  const pixels = new Uint8Array(width * height * 4);
  eachShare(map, width, height, (share, at) => {
    pixels.set(colourOf(share), at * 4);
    pixels[at * 4 + 3] = Math.round(share * 255);
  });
  return pixels;
}

/** The film in grey with the map's colours over it, RGB; `opacity` in [0, 1] is that of the map's highest cell. */
export function overlayOnFilm(map: OverlayMap, film: RawImage, opacity: number): RawImage {
  const data = new Uint8Array(film.width * film.height * 3);
  eachShare(map, film.width, film.height, (share, at) => {
    const cover = share * opacity;
    const colour = colourOf(share);
    for (let channel = 0; channel < 3; channel++) {
      const own = film.data[at * film.channels + (film.channels === 3 ? channel : 0)] ?? 0;
      data[at * 3 + channel] = Math.round(own * (1 - cover) + (colour[channel] ?? 0) * cover);
    }
  });
  return { width: film.width, height: film.height, channels: 3, data };
}

/** Red, green and blue bytes for a share in [0, 1] of the map's range. */
export function colourOf(share: number): Uint8Array {
  const entry = Math.round(Math.min(Math.max(share, 0), 1) * 255);
  return inferno.subarray(entry * 3, entry * 3 + 3);
}

/** Visits every pixel with its share of the map's range, in [0, 1], bilinear with half-pixel centres; 0 where there is no range. */
export function eachShare(
  { values, width, height, min, max }: OverlayMap,
  toWidth: number,
  toHeight: number,
  visit: (share: number, at: number) => void,
): void {
  const range = max - min;
  const columns = Array.from({ length: toWidth }, (_, x) => neighbours(x, toWidth, width));
  for (let y = 0; y < toHeight; y++) {
    const row = neighbours(y, toHeight, height);
    columns.forEach((column, x) => {
      const along = (line: number) => {
        const left = values[line * width + column.low] ?? 0;
        return left + ((values[line * width + column.high] ?? 0) - left) * column.share;
      };
      const upper = along(row.low);
      const value = upper + (along(row.high) - upper) * row.share;
      visit(range > 0 ? Math.min(Math.max((value - min) / range, 0), 1) : 0, y * toWidth + x);
    });
  }
}
