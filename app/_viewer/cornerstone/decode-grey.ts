/** One 8-bit grey channel, row by row. */
export type GreyPixels = {
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
};

/** Decodes a JPEG or PNG as the browser does, to one 8-bit grey channel. */
export async function decodeGrey(file: Blob): Promise<GreyPixels> {
  // No colour profile is applied: grey values are the file's own, as on the server.
  const bitmap = await createImageBitmap(file, { colorSpaceConversion: "none" });
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("this browser gives no canvas to decode a film on");
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { pixels: greyOf(context.getImageData(0, 0, width, height).data), width, height };
}

/** Luma of ITU-R BT.601, in integers; a pixel whose three channels are equal keeps its value. */
function greyOf(rgba: Uint8ClampedArray): Uint8Array<ArrayBuffer> {
  const grey = new Uint8Array(rgba.length / 4);
  for (let pixel = 0, at = 0; pixel < grey.length; pixel += 1, at += 4) {
    const [red = 0, green = 0, blue = 0] = [rgba[at], rgba[at + 1], rgba[at + 2]];
    grey[pixel] = (red * 77 + green * 150 + blue * 29 + 128) >> 8;
  }
  return grey;
}
