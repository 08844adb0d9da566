import type { FilmPicture } from "../film-picture";

/** Decodes a JPEG or PNG as the browser does, to one 8-bit grey channel. */
export async function greyPicture(file: Blob): Promise<{ pixels: Uint8Array; picture: FilmPicture }> {
  // No colour profile is applied: grey values are the file's own, as on the server.
  const bitmap = await createImageBitmap(file, { colorSpaceConversion: "none" });
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("this browser gives no canvas to decode a film on");
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  const picture: FilmPicture = {
    width,
    height,
    spacing: null,
    grey: { black: 0, white: 255 },
    lowIsWhite: false,
  };
  return { pixels: greyOf(data), picture };
}

/** Luma of ITU-R BT.601, in integers; a pixel whose three channels are equal keeps its value. */
function greyOf(rgba: Uint8ClampedArray): Uint8Array {
  const grey = new Uint8Array(rgba.length / 4);
  for (let pixel = 0, at = 0; pixel < grey.length; pixel += 1, at += 4) {
    const [red = 0, green = 0, blue = 0] = [rgba[at], rgba[at + 1], rgba[at + 2]];
    grey[pixel] = (red * 77 + green * 150 + blue * 29 + 128) >> 8;
  }
  return grey;
}
