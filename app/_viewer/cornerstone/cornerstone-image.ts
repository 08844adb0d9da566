import type { Types } from "@cornerstonejs/core";
import { sampleRange } from "../film-picture";
import type { DecodedFilm, FilmPixels } from "./decode-film";
import type { Cornerstone } from "./engine";
import { processorDrawing } from "./processor-drawing";

/** A film as Cornerstone holds it: its samples as they are, its window in samples. */
export function cornerstoneImage(core: Cornerstone, imageId: string, film: DecodedFilm): Types.IImage {
  const { pixels, picture, range } = film;
  const { width, height } = picture;
  const { lower, upper } = sampleRange(picture, picture.grey);
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
    minPixelValue: range.least,
    maxPixelValue: range.most,
    slope: 1,
    intercept: 0,
    windowCenter: (lower + upper) / 2,
    windowWidth: upper - lower,
    voiLUTFunction: core.Enums.VOILUTFunctionType.LINEAR_EXACT,
    columnPixelSpacing: 1,
    rowPixelSpacing: 1,
    invert: false,
    // Asked only where the processor draws.
    render: processorDrawing(film),
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
