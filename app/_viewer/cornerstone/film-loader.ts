import type { Types } from "@cornerstonejs/core";
import { fetchPatiently } from "../connection";
import { eightBits, type FilmPicture } from "../film-picture";
import { cornerstoneImage } from "./cornerstone-image";
import { decodeBeside } from "./decode-beside";
import type { Cornerstone } from "./engine";

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
  const response = await fetchPatiently(`/api/images/${name.slice(scheme.length + 1)}/full`);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  const kind = response.headers.get("Content-Type") === "application/gzip" ? "dicom" : "picture";
  const decoded = await decodeBeside({ file: await response.blob(), kind });
  pictures.set(name, decoded.picture);
  return cornerstoneImage(core, name, decoded);
}

/**
 * The world is the film's own pixels, column to the right and row down, whatever the header says of a patient:
 * measures come from the header's spacing, not from Cornerstone (WebGL and processor disagree in them).
 */
function metadataOf(core: Cornerstone, module: string, picture: FilmPicture): object | undefined {
  const { width, height, depth = eightBits } = picture;
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
        bitsAllocated: depth.bits,
        bitsStored: depth.bits,
        highBit: depth.bits - 1,
        samplesPerPixel: 1,
        pixelRepresentation: depth.signed ? 1 : 0,
        photometricInterpretation: "MONOCHROME2",
      };
    case MetadataModules.GENERAL_SERIES:
      return { modality: "CR" };
    default:
      return undefined;
  }
}
