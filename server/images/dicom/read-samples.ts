import dicomParser from "dicom-parser";
import { codedSize } from "./coded-size";
import type { Samples } from "./film-grey";
import type { FrameShape } from "./frame-shape";
import { type ParsedDicom, refusedDicom } from "./parse-dicom";
import { isWhole } from "./whole-frame";

let spent = false;

/**
 * Whether a codec has thrown in this process. It gives nothing back then, neither memory nor stack: after some three
 * hundred broken JPEG-LS frames it refused good ones.
 */
export const codecsAreSpent = (): boolean => spent;

/**
 * Decodes the one frame of a film to its stored values, row by row: bits beside those that the header names are
 * gone (old files keep overlays in them), negative values have their sign.
 * @throws ExpectedFailure("invalid") with the reason: cut short, a frame of another size, a broken code
 */
export async function readSamples(dicom: ParsedDicom, shape: FrameShape): Promise<Samples> {
  const pixels = shape.width * shape.height;
  const bytes =
    dicom.syntax.pixels === "encapsulated" ? await decoded(dicom, shape) : nativeBytes(dicom, shape);
  const bytesEach = bytes.length / pixels;
  if (bytesEach !== 1 && bytesEach !== 2)
    throw refusedDicom("its frame has another size than its header says");
  if (bytesEach === 1) {
    return storedValues(shape.bitsStored > 8 ? Uint16Array.from(bytes) : Uint8Array.from(bytes), shape);
  }
  // A copy begins at an even place in memory, as two-byte samples must.
  return storedValues(new Uint16Array(Uint8Array.from(bytes).buffer), shape);
}

function nativeBytes({ bytes, pixels, syntax }: ParsedDicom, shape: FrameShape): Uint8Array {
  const needed = (shape.width * shape.height * shape.bitsAllocated) / 8;
  const there = Math.min(pixels.length, bytes.length - pixels.dataOffset);
  if (there < needed) throw refusedDicom(`its pixel data is cut short: ${there} of ${needed} bytes`);
  const frame = bytes.subarray(pixels.dataOffset, pixels.dataOffset + needed);
  return syntax.pixels === "big-endian" && shape.bitsAllocated === 16 ? Buffer.from(frame).swap16() : frame;
}

async function decoded(dicom: ParsedDicom, shape: FrameShape): Promise<Uint8Array> {
  const frame = codedFrame(dicom);
  const size = codedSize(frame);
  if (size && (size.width !== shape.width || size.height !== shape.height)) {
    throw refusedDicom(
      `its header says ${shape.width} × ${shape.height} pixels, its frame ${size.width} × ${size.height}`,
    );
  }
  if (!isWhole(frame, dicom.syntax, shape)) throw refusedDicom(`its ${dicom.syntax.name} frame is cut short`);
  const { uid } = dicom.syntax;
  const info = {
    rows: shape.height,
    columns: shape.width,
    bitsAllocated: shape.bitsAllocated,
    samplesPerPixel: 1,
    signed: shape.signed,
  };
  // JPEG Extended of eight bits is what the baseline codec reads; for twelve there is none.
  const isExtended = uid === "1.2.840.10008.1.2.4.51";
  if (isExtended && shape.bitsAllocated > 8) throw refusedDicom("JPEG Extended is read with 8 bits only");
  // Over five megabytes of codecs: loaded when the first coded film comes.
  const { default: codec } = await import("@cornerstonejs/dicom-codec");
  try {
    const { imageFrame } = await codec.decode(frame, info, isExtended ? "1.2.840.10008.1.2.4.50" : uid);
    return new Uint8Array(imageFrame.buffer, imageFrame.byteOffset, imageFrame.byteLength);
  } catch (error) {
    spent = true;
    throw refusedDicom(`its ${dicom.syntax.name} frame can't be decoded`, error);
  }
}

/** All fragments of the pixel data in one: a film has one frame (PS3.5, A.4). */
function codedFrame({ header, bytes, pixels }: ParsedDicom): Uint8Array {
  if (!pixels.hadUndefinedLength) throw refusedDicom("its coded pixel data is not in fragments");
  const stream = new dicomParser.ByteStream(header.byteArrayParser, bytes, pixels.dataOffset);
  const element = { ...pixels };
  try {
    dicomParser.findEndOfEncapsulatedElement(stream, element, []);
  } catch (error) {
    throw refusedDicom("its pixel data is cut short", error);
  }
  const fragments = element.fragments ?? [];
  if (fragments.length === 0) throw refusedDicom("it has no pixel data");
  return Buffer.concat(fragments.map(({ position, length }) => bytes.subarray(position, position + length)));
}

function storedValues(
  raw: Uint8Array | Uint16Array,
  { bitsStored, highBit, bitsAllocated, signed }: FrameShape,
): Samples {
  // What a codec hands out begins at the lowest bit, whatever the header allocates.
  const shift = bitsAllocated === raw.BYTES_PER_ELEMENT * 8 ? highBit + 1 - bitsStored : 0;
  const mask = 2 ** bitsStored - 1;
  for (let at = 0; at < raw.length; at += 1) raw[at] = ((raw[at] ?? 0) >> shift) & mask;
  if (!signed) return raw;
  const values = raw instanceof Uint8Array ? new Int8Array(raw.buffer) : new Int16Array(raw.buffer);
  const unused = 32 - bitsStored;
  for (let at = 0; at < values.length; at += 1) values[at] = ((values[at] ?? 0) << unused) >> unused;
  return values;
}
