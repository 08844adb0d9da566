import type { RawImage } from "./raw-image";

/** PIL's conversion to "L": ITU-R 601 luma in 16-bit fixed point. */
export function toGrey(image: RawImage): RawImage {
  if (image.channels === 1) return image;
  const data = new Uint8Array(image.width * image.height);
  for (let at = 0; at < data.length; at++) {
    const [red = 0, green = 0, blue = 0] = image.data.subarray(at * 3, at * 3 + 3);
    data[at] = (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
  }
  return { ...image, channels: 1, data };
}
