import type { Types } from "@cornerstonejs/core";
import { type FilmPicture, sampleRange } from "../film-picture";
import type { Cornerstone } from "./engine";

export type FilmPixels = Uint8Array | Uint16Array | Int16Array;

/** A film as Cornerstone holds it: its samples as they are, its window in samples. */
export function cornerstoneImage(
  core: Cornerstone,
  imageId: string,
  pixels: FilmPixels,
  picture: FilmPicture,
): Types.IImage {
  const { width, height } = picture;
  const { lower, upper } = sampleRange(picture, picture.grey);
  const { least, most } = rangeOf(pixels);
  return {
    imageId,
    rows: height,
    columns: width,
    height,
    width,
    color: false,
    rgba: false,
    numberOfComponents: 1,
    dataType: typeOf(pixels),
    minPixelValue: least,
    maxPixelValue: most,
    slope: 1,
    intercept: 0,
    windowCenter: (lower + upper) / 2,
    windowWidth: upper - lower,
    voiLUTFunction: core.Enums.VOILUTFunctionType.LINEAR_EXACT,
    columnPixelSpacing: 1,
    rowPixelSpacing: 1,
    invert: false,
    sizeInBytes: pixels.byteLength,
    getPixelData: () => pixels,
    // Only Cornerstone's colour pictures are drawn from a canvas.
    getCanvas: () => document.createElement("canvas"),
    voxelManager: core.utilities.VoxelManager.createImageVoxelManager({
      scalarData: pixels,
      width,
      height,
      numberOfComponents: 1,
    }),
  };
}

function typeOf(pixels: FilmPixels): "Uint8Array" | "Uint16Array" | "Int16Array" {
  if (pixels instanceof Uint8Array) return "Uint8Array";
  return pixels instanceof Int16Array ? "Int16Array" : "Uint16Array";
}

/** Cornerstone's processor path makes a table of as many values. Eight bits need no look. */
function rangeOf(pixels: FilmPixels): { least: number; most: number } {
  if (pixels instanceof Uint8Array) return { least: 0, most: 255 };
  let [least, most] = [32_767, -32_768];
  for (const value of pixels) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { least, most };
}
