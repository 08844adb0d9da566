import type { FrameShape } from "./frame-shape";
import type { TransferSyntax } from "./transfer-syntaxes";

const rleLossless = "1.2.840.10008.1.2.5";

/**
 * Whether a coded frame is all there, as far as its structure tells: asked before a codec sees it. The one for
 * lossless JPEG and the one for RLE make up what is missing, OpenJPEG guesses it, the one for JPEG-LS takes minutes
 * over it.
 */
export function isWhole(frame: Uint8Array, { uid }: TransferSyntax, shape: FrameShape): boolean {
  if (uid === rleLossless) return hasAllSegments(frame, shape);
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (view.byteLength < 2) return false;
  if (view.getUint16(0) === 0xff4f) return hasAllTileParts(view);
  return view.getUint16(0) !== 0xffd8 || hasEnd(frame);
}

/** EOI of JPEG (ISO 10918-1, B.2.1) and JPEG-LS (ISO 14495-1, C.2.1). */
function hasEnd(frame: Uint8Array): boolean {
  // Padding may follow; pydicom looks at as many bytes.
  return Buffer.from(frame.subarray(-10)).includes("ffd9", 0, "hex");
}

/** JPEG 2000: each tile-part is as long as its SOT says (ISO 15444-1, A.4.2), and EOC follows the last (A.4.4). */
function hasAllTileParts(view: DataView): boolean {
  let at = firstTilePart(view);
  while (at !== null && at + 10 <= view.byteLength && view.getUint16(at) === 0xff90) {
    const length = view.getUint32(at + 6);
    // The last one may leave it open.
    if (length === 0) return hasEnd(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
    at += Math.max(length, 14);
  }
  return at !== null && at + 2 <= view.byteLength && view.getUint16(at) === 0xffd9;
}

/** Behind the main header, whose segments say their length (A.2). */
function firstTilePart(view: DataView): number | null {
  for (let at = 2; at + 4 <= view.byteLength; at += 2 + view.getUint16(at + 2)) {
    if (view.getUint16(at) === 0xff90) return at;
  }
  return null;
}

/** RLE: a segment for each byte of a pixel, which comes to a byte for every pixel (PS3.5, G.3 to G.5). */
function hasAllSegments(frame: Uint8Array, { width, height, bitsAllocated }: FrameShape): boolean {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const segments = bitsAllocated / 8;
  if (view.byteLength < 64 || view.getUint32(0, true) !== segments) return false;
  const begins = Array.from({ length: segments }, (_, at) => view.getUint32(4 + 4 * at, true));
  return begins.every((begin, at) => {
    const end = begins[at + 1] ?? frame.length;
    return begin >= 64 && end <= frame.length && unpackedLength(frame.subarray(begin, end)) >= width * height;
  });
}

function unpackedLength(segment: Uint8Array): number {
  let [at, bytes] = [0, 0];
  while (at < segment.length) {
    const control = segment[at] ?? 0;
    const left = segment.length - at - 1;
    if (control < 128) bytes += Math.min(control + 1, left);
    else if (control > 128 && left > 0) bytes += 257 - control;
    at += control < 128 ? control + 2 : control === 128 ? 1 : 2;
  }
  return bytes;
}
