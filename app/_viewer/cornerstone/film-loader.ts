import type { Types } from "@cornerstonejs/core";
import { fetchPatiently } from "../connection";
import type { FilmPicture } from "../film-picture";
import type { Cornerstone } from "./engine";
import { greyPicture } from "./grey-picture";

const scheme = "film";
const pictures = new Map<string, FilmPicture>();

/** Cornerstone's name of a film. */
export const filmName = (image: number | string) => `${scheme}:${image}`;

/** What is known of a film that was loaded; undefined before. */
export const pictureOf = (name: string): FilmPicture | undefined => pictures.get(name);

/** Teaches Cornerstone to load `film:<image id>` from the server, and what its pixels mean. */
export function registerFilms(core: Cornerstone): void {
  core.registerImageLoader(scheme, (name: string) => ({ promise: loadFilm(core, name) }));
  core.metaData.addProvider((module: string, name: unknown) => {
    const picture = typeof name === "string" ? pictures.get(name) : undefined;
    return picture ? metadataOf(core, module, picture) : undefined;
  }, 10_000);
}

async function loadFilm(core: Cornerstone, name: string): Promise<Types.IImage> {
  const response = await fetchPatiently(`/api/images/${name.slice(scheme.length + 1)}`);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  const { pixels, picture } = await greyPicture(await response.blob());
  pictures.set(name, picture);
  return asCornerstoneImage(core, name, pixels, picture);
}

function asCornerstoneImage(
  core: Cornerstone,
  imageId: string,
  pixels: Uint8Array,
  { width, height, grey }: FilmPicture,
): Types.IImage {
  return {
    imageId,
    rows: height,
    columns: width,
    height,
    width,
    color: false,
    rgba: false,
    numberOfComponents: 1,
    dataType: "Uint8Array",
    minPixelValue: 0,
    maxPixelValue: 255,
    slope: 1,
    intercept: 0,
    windowCenter: (grey.black + grey.white) / 2,
    windowWidth: grey.white - grey.black,
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

/**
 * The world is the film's own pixels, column to the right and row down, whatever the header says of a patient:
 * measures come from the header's spacing, not from Cornerstone (WebGL and processor disagree in them).
 */
function metadataOf(core: Cornerstone, module: string, { width, height }: FilmPicture): object | undefined {
  const { MetadataModules } = core.Enums;
  switch (module) {
    case MetadataModules.IMAGE_PLANE:
      return {
        rows: height,
        columns: width,
        rowPixelSpacing: 1,
        columnPixelSpacing: 1,
        rowCosines: [1, 0, 0],
        columnCosines: [0, 1, 0],
        imagePositionPatient: [0, 0, 0],
        imageOrientationPatient: [1, 0, 0, 0, 1, 0],
        usingDefaultValues: true,
      };
    case MetadataModules.IMAGE_PIXEL:
      return {
        bitsAllocated: 8,
        bitsStored: 8,
        highBit: 7,
        samplesPerPixel: 1,
        pixelRepresentation: 0,
        photometricInterpretation: "MONOCHROME2",
      };
    case MetadataModules.GENERAL_SERIES:
      return { modality: "CR" };
    default:
      return undefined;
  }
}
