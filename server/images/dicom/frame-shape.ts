import type { DataSet } from "dicom-parser";
import { filmProblem } from "../film-limits";
import { refusedDicom } from "./parse-dicom";

/** What the image pixel module (PS3.3, C.7.6.3) says of a grey film of one frame. */
export type FrameShape = {
  readonly width: number;
  readonly height: number;
  readonly bitsAllocated: 8 | 16;
  readonly bitsStored: number;
  readonly highBit: number;
  readonly signed: boolean;
  /** MONOCHROME1: low values are white. */
  readonly lowIsWhite: boolean;
};

/**
 * @throws ExpectedFailure("invalid") with the reason: in colour, several frames, other than 8 or 16 bits, a size
 * that no film has, or a header that contradicts itself
 */
export function frameShape(header: DataSet): FrameShape {
  const number = (tag: string) => header.uint16(tag);
  const [height = 0, width = 0] = [number("x00280010"), number("x00280011")];
  const photometric = header.string("x00280004")?.trim() ?? "";
  if ((number("x00280002") ?? 1) !== 1 || !/^MONOCHROME[12]$/.test(photometric)) {
    throw refusedDicom("it is in colour; films are grey (MONOCHROME1 or MONOCHROME2)");
  }
  if ((header.intString("x00280008") ?? 1) > 1) throw refusedDicom("it holds several frames");
  const problem = filmProblem(width, height);
  if (problem) throw refusedDicom(problem);
  const bitsAllocated = number("x00280100");
  if (bitsAllocated !== 8 && bitsAllocated !== 16) {
    throw refusedDicom(
      `it allocates ${bitsAllocated ?? "an unknown number of"} bits a pixel: 8 or 16 are read`,
    );
  }
  const bitsStored = number("x00280101") ?? bitsAllocated;
  const highBit = number("x00280102") ?? bitsStored - 1;
  if (bitsStored < 1 || highBit >= bitsAllocated || highBit + 1 < bitsStored) {
    throw refusedDicom(`it stores ${bitsStored} bits up to bit ${highBit} in ${bitsAllocated}`);
  }
  const lowIsWhite = photometric === "MONOCHROME1";
  return { width, height, bitsAllocated, bitsStored, highBit, signed: number("x00280103") === 1, lowIsWhite };
}
