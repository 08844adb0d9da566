import { createHash } from "node:crypto";

export type Pixels = {
  /** Samples row by row, channels side by side; two-byte samples little-endian. */
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly bytesPerSample: 1 | 2;
};

/**
 * What two files of one film agree in: SHA-256 over the text `<width>x<height>x<channels>x<bits>:` and the
 * samples. A grey film has one channel here however it is stored, so that a grey PNG and its copy with three
 * equal colours, with or without an opaque fourth, hash alike.
 */
export function pixelHash({ data, width, height, channels, bytesPerSample }: Pixels): string {
  return createHash("sha256")
    .update(`${width}x${height}x${channels}x${bytesPerSample * 8}:`)
    .update(data)
    .digest("hex");
}

/** The one channel of an image that is grey, though it may be stored as three equal ones; null when it is not. */
export function greyOf(data: Buffer, channels: number, bytesPerSample: 1 | 2): Buffer | null {
  if (channels === 1) return data;
  if (channels !== 3) throw new Error(`${channels} channels where 1 or 3 were decoded`);
  return bytesPerSample === 1 ? grey8(data) : grey16(data);
}

function grey8(data: Buffer): Buffer | null {
  const grey = Buffer.allocUnsafe(data.length / 3);
  for (let pixel = 0, at = 0; at < data.length; pixel += 1, at += 3) {
    const red = data[at] ?? 0;
    if (red !== data[at + 1] || red !== data[at + 2]) return null;
    grey[pixel] = red;
  }
  return grey;
}

function grey16(data: Buffer): Buffer | null {
  const grey = Buffer.allocUnsafe(data.length / 3);
  for (let pixel = 0, at = 0; at < data.length; pixel += 2, at += 6) {
    const red = data.readUInt16LE(at);
    if (red !== data.readUInt16LE(at + 2) || red !== data.readUInt16LE(at + 4)) return null;
    grey.writeUInt16LE(red, pixel);
  }
  return grey;
}
