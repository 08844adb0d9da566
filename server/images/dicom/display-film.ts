import sharp from "sharp";
import type { FilmGrey } from "./film-grey";

type Shape = { readonly width: number; readonly height: number; readonly lowIsWhite: boolean };

/**
 * The film as its file asks to be shown, in eight bits: through the first window, white on black. It is what
 * everything sees that cannot look through windows: lists, overlays, training. PNG.
 */
export async function displayFilm(grey: FilmGrey, shape: Shape): Promise<Buffer> {
  const { width, height } = shape;
  return sharp(shownValues(grey, shape.lowIsWhite), { raw: { width, height, channels: 1 } })
    .toColourspace("b-w")
    .png({ compressionLevel: 6, adaptiveFiltering: true })
    .toBuffer();
}

/** 0 to 255 by the window's curve (PS3.3, C.11.2.1.2 and C.11.2.1.3), inverted for MONOCHROME1. */
export function shownValues(
  { samples, slope, intercept, windows }: FilmGrey,
  lowIsWhite: boolean,
): Uint8Array {
  const { black, white, curve } = windows[0];
  const shownOf = (sample: number) => {
    const share = (sample * slope + intercept - black) / (white - black);
    const part = curve === "sigmoid" ? 1 / (1 + Math.exp(-4 * (share - 0.5))) : share;
    const shown = Math.round(Math.min(1, Math.max(0, part)) * 255);
    return lowIsWhite ? 255 - shown : shown;
  };
  // There are fewer values than pixels.
  const lowest = samples instanceof Int16Array || samples instanceof Int8Array ? -32_768 : 0;
  const table = Uint8Array.from({ length: 65_536 }, (_, at) => shownOf(at + lowest));
  const shown = new Uint8Array(samples.length);
  for (let at = 0; at < samples.length; at += 1) shown[at] = table[(samples[at] ?? 0) - lowest] ?? 0;
  return shown;
}
