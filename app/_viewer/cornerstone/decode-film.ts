import type { FilmPicture } from "../film-picture";
import { dicomPicture } from "./dicom-picture";

export type FilmPixels = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Int16Array<ArrayBuffer>;

/** One grey channel, row by row, and what its values mean. */
export type DecodedFilm = {
  readonly pixels: FilmPixels;
  readonly picture: FilmPicture;
  /** The least and the most of the samples; tables of grey values span them. */
  readonly range: { readonly least: number; readonly most: number };
};

/** What the server sent: gzipped DICOM, or a JPEG or PNG. */
export type FilmFile = { readonly file: Blob; readonly kind: "dicom" | "picture" };

/** Decodes a film as the server sends it. */
export async function decodeFilm({ file, kind }: FilmFile): Promise<DecodedFilm> {
  const { pixels, picture } = await (kind === "dicom" ? unpackDicom(file) : decodeGrey(file));
  return { pixels, picture, range: rangeOf(pixels) };
}

/** Unpacked here, because Next takes away Content-Encoding. */
async function unpackDicom(file: Blob) {
  const unpacked = file.stream().pipeThrough(new DecompressionStream("gzip"));
  return dicomPicture(await new Response(unpacked).arrayBuffer());
}

/** A JPEG or PNG as the browser decodes it, to one 8-bit grey channel. */
async function decodeGrey(file: Blob) {
  // No colour profile is applied: grey values are the file's own, as on the server.
  const bitmap = await createImageBitmap(file, { colorSpaceConversion: "none" });
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("this browser gives no canvas to decode a film on");
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  const grey = { black: 0, white: 255 };
  const picture: FilmPicture = { width, height, spacing: null, grey, lowIsWhite: false };
  return { pixels: greyOf(data), picture };
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

/** Eight bits need no look. */
function rangeOf(pixels: FilmPixels): DecodedFilm["range"] {
  if (pixels instanceof Uint8Array) return { least: 0, most: 255 };
  let [least, most] = [32_767, -32_768];
  for (const value of pixels) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { least, most };
}
