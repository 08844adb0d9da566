import { crc32 } from "node:zlib";

/**
 * The same picture with a text in it (PNG specification, 11.3.3.2).
 * @param keyword Latin-1, under 80 characters, as are both
 */
export function withText(png: Uint8Array, keyword: string, text: string): Buffer {
  const data = Buffer.from(`tEXt${keyword}\0${text}`, "latin1");
  const chunk = Buffer.alloc(data.length + 8);
  chunk.writeUInt32BE(data.length - 4, 0);
  data.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(data), data.length + 4);
  // The last chunk, IEND, is empty: twelve bytes.
  const end = png.length - 12;
  return Buffer.concat([png.subarray(0, end), chunk, png.subarray(end)]);
}
