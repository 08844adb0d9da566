import { type DecodedFilm, thumbnailOf } from "../decode-film";
import { pixelHash } from "../pixels";
import { burnedInText } from "./burned-in";
import { displayFilm } from "./display-film";
import { type DicomFacts, dicomFacts } from "./film-facts";
import { filmGrey, type Samples } from "./film-grey";
import { type FrameShape, frameShape } from "./frame-shape";
import { type Elements, keptValues } from "./kept-values";
import { parseDicom } from "./parse-dicom";
import { readSamples } from "./read-samples";

/** A DICOM file, read: what makes its film, its row and its de-identified file. */
export type ReadDicom = {
  /** The film as it is shown; `bitDepth` and `pixelSha256` are those of its full depth, white on black. */
  readonly film: DecodedFilm;
  /** PNG of eight bits, see `displayFilm`. */
  readonly display: Uint8Array;
  /** Stored values, row by row, little-endian; bits beside those that count are gone. */
  readonly pixels: Uint8Array;
  /** What of the header may stay, with the pixels' shape as they lie in `pixels`. */
  readonly kept: Elements;
  readonly facts: DicomFacts;
  readonly syntax: string;
  /** Why text may be burned in that names somebody; null when nothing suggests it. */
  readonly burnedIn: string | null;
};

/**
 * Reads a DICOM file of one grey frame.
 * @throws ExpectedFailure("invalid") with the reason, which quotes nothing of the file but numbers and UIDs
 */
export async function readDicom(file: Uint8Array): Promise<ReadDicom> {
  const dicom = parseDicom(file);
  const { header } = dicom;
  const shape = frameShape(header);
  const stored = await readSamples(dicom, shape);
  const display = await displayFilm(filmGrey(header, stored, shape.signed), shape);
  const { width, height, bitsStored } = shape;
  return {
    film: {
      mediaType: "image/png",
      width,
      height,
      channels: 1,
      bitDepth: bitsStored,
      pixelSha256: uprightHash(stored, shape),
      thumbnail: await thumbnailOf(display),
    },
    display,
    pixels: new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength),
    kept: { ...keptValues(header, shape.signed), ...pixelAttributes(shape, stored.BYTES_PER_ELEMENT) },
    facts: dicomFacts(header),
    syntax: dicom.syntax.name,
    burnedIn: burnedInText(header),
  };
}

/** Shape of the pixels as they are handed on: the bits that count lie lowest. */
function pixelAttributes({ bitsStored, signed }: FrameShape, bytesEach: number): Elements {
  const one = (value: number) => ({ vr: "US", Value: [value] });
  return {
    "00280100": one(bytesEach * 8),
    "00280101": one(bitsStored),
    "00280102": one(bitsStored - 1),
    "00280103": one(signed ? 1 : 0),
  };
}

/** A film and its negative, MONOCHROME1 and 2, hash alike; so do a film of eight bits and its JPEG or PNG. */
function uprightHash(stored: Samples, { bitsStored, signed, lowIsWhite, width, height }: FrameShape): string {
  const lowest = signed ? -(2 ** (bitsStored - 1)) : 0;
  const most = 2 ** bitsStored - 1;
  const bytesPerSample = bitsStored > 8 ? 2 : 1;
  const upright = bytesPerSample === 2 ? new Uint16Array(stored.length) : new Uint8Array(stored.length);
  for (let at = 0; at < stored.length; at += 1) {
    const value = (stored[at] ?? 0) - lowest;
    upright[at] = lowIsWhite ? most - value : value;
  }
  return pixelHash({ data: Buffer.from(upright.buffer), width, height, channels: 1, bytesPerSample });
}
