import dicomParser, { type DataSet } from "dicom-parser";
import { filmGrey } from "@/server/images/dicom/film-grey";
import type { FilmPicture } from "../film-picture";
import type { FilmPixels } from "./decode-film";

/**
 * Reads a DICOM file as the server stores it: its pixels lie there plainly. No codec runs in the browser; the
 * import decoded the film once, and what comes over the line is that, gzipped. That costs a little more line than
 * JPEG-LS would, and spares a megabyte of codecs and a second per film on the processor that draws.
 * @param file Explicit VR Little Endian (server/datasets/dicom/deidentified-file.ts)
 */
export function dicomPicture(file: ArrayBuffer): { pixels: FilmPixels; picture: FilmPicture } {
  const header = dicomParser.parseDicom(new Uint8Array(file));
  const number = (tag: string) => header.uint16(tag) ?? 0;
  const [height, width, signed] = [number("x00280010"), number("x00280011"), number("x00280103") === 1];
  const stored = samplesOf(file, header, width * height, signed);
  const { samples, slope, intercept, windows } = filmGrey(header, stored, signed);
  const [first, ...otherWindows] = windows;
  const lowIsWhite = header.string("x00280004")?.trim() === "MONOCHROME1";
  const picture: FilmPicture = {
    width,
    height,
    spacing: spacingOf(header),
    grey: { black: first.black, white: first.white, lowIsWhite },
    otherWindows,
    rescale: { slope, intercept },
    sigmoid: first.curve === "sigmoid",
    depth: { bits: samples.BYTES_PER_ELEMENT === 2 ? 16 : 8, signed: samples instanceof Int16Array },
    lowIsWhite,
  };
  return { pixels: samples, picture };
}

function samplesOf(file: ArrayBuffer, header: DataSet, count: number, signed: boolean): FilmPixels {
  const offset = header.elements.x7fe00010?.dataOffset;
  if (offset === undefined) throw new Error("a film without pixels");
  // An element of a DICOM file has an even place, as two-byte samples must.
  if (header.uint16("x00280100") === 16) {
    return signed ? new Int16Array(file, offset, count) : new Uint16Array(file, offset, count);
  }
  // WebGL has no texture of eight bits with a sign.
  return signed ? Int16Array.from(new Int8Array(file, offset, count)) : new Uint8Array(file, offset, count);
}

/** Rows' spacing comes first (PS3.3, 10.7.1.3); without one of the body, the detector's. */
function spacingOf(header: DataSet): FilmPicture["spacing"] {
  for (const tag of ["x00280030", "x00181164"]) {
    if (!header.elements[tag]) continue;
    const [y, x] = [header.floatString(tag, 0), header.floatString(tag, 1)];
    if (x !== undefined && y !== undefined && x > 0 && y > 0) return { x, y };
  }
  return null;
}
