type Size = { readonly width: number; readonly height: number };

/**
 * The size that a coded frame itself claims: JPEG and JPEG-LS in their frame header (ISO 10918-1, B.2.2; ISO
 * 14495-1, C.2.2), JPEG 2000 in SIZ (ISO 15444-1, A.5.1). Asked before a codec makes room for it. Null when the
 * frame claims none.
 */
export function codedSize(frame: Uint8Array): Size | null {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (view.byteLength < 24) return null;
  if (view.getUint32(0) === 0xff4f_ff51) {
    return {
      width: view.getUint32(8) - view.getUint32(16),
      height: view.getUint32(12) - view.getUint32(20),
    };
  }
  return view.getUint16(0) === 0xffd8 ? sizeInFrameHeader(view) : null;
}

function sizeInFrameHeader(view: DataView): Size | null {
  for (let at = 2; at + 9 <= view.byteLength; ) {
    const marker = view.getUint16(at);
    if (marker === 0xffff) at += 1;
    else if (isFrameHeader(marker)) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    else if (marker < 0xff01 || marker === 0xffda) return null;
    else at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** SOF0 to SOF15 without DHT, JPG and DAC; SOF55 is JPEG-LS. */
function isFrameHeader(marker: number): boolean {
  if (marker === 0xfff7) return true;
  return marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
}
