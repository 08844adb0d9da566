import type { Types } from "@cornerstonejs/core";
import { sampleRange } from "../film-picture";
import type { DecodedFilm, FilmPixels } from "./decode-film";
import { greyTable } from "./grey-table";

type Drawing = NonNullable<Types.IImage["render"]>;
type Shades = { readonly lower: number; readonly upper: number; readonly inverted: boolean };
type Picture = { readonly shades: Shades; readonly canvas: OffscreenCanvas };

/** Films as they were drawn last: a move or a zoom draws no pixel anew. As many as hang, and as many ahead. */
const mostKept = 8;
const kept = new Map<DecodedFilm, Picture>();
const filmOf = new WeakMap<Drawing, DecodedFilm>();

/**
 * Draws a film where there is no WebGL. Cornerstone's own way knows no sigmoid, and reckons every pixel anew at each
 * frame.
 */
export function processorDrawing(film: DecodedFilm): Drawing {
  const draw: Drawing = ({ canvas, viewport, transform }) => {
    const context = canvas?.getContext("2d");
    if (!canvas || !context || !viewport?.voi || !transform) return;
    const { windowWidth, windowCenter } = viewport.voi;
    // Cornerstone keeps the window by the words of C.11.2.1.2.1, whatever its curve.
    const [middle, half] = [windowCenter - 0.5, (windowWidth - 1) / 2];
    const shades = { lower: middle - half, upper: middle + half, inverted: viewport.invert ?? false };
    const picture = pictureWith(film, shades);
    context.resetTransform();
    context.fillStyle = "#000";
    context.fillRect(0, 0, canvas.width, canvas.height);
    const [a, b, c, d, e, f] = transform.getMatrix();
    context.setTransform(a, b, c, d, e, f);
    context.drawImage(picture, 0, 0);
  };
  filmOf.set(draw, film);
  return draw;
}

/** Makes the picture of a film before it hangs, as it is stored. */
export function drawAhead({ render }: Pick<Types.IImage, "render">): void {
  const film = render && filmOf.get(render);
  if (!film) return;
  const { lower, upper, turned } = sampleRange(film.picture, film.picture.grey);
  pictureWith(film, { lower, upper, inverted: film.picture.lowIsWhite !== turned });
}

function pictureWith(film: DecodedFilm, shades: Shades): OffscreenCanvas {
  const before = kept.get(film);
  // The latest last.
  kept.delete(film);
  const { width, height } = film.picture;
  const canvas = before?.canvas ?? new OffscreenCanvas(width, height);
  if (!before || !same(before.shades, shades)) fill(canvas, film, shades);
  kept.set(film, { shades, canvas });
  const [oldest] = kept.keys();
  if (oldest && kept.size > mostKept) kept.delete(oldest);
  return canvas;
}

/** But for what Cornerstone's arithmetic takes from the last digits. */
function same(one: Shades, other: Shades): boolean {
  const near = (a: number, b: number) => Math.abs(a - b) < 1e-6;
  return near(one.lower, other.lower) && near(one.upper, other.upper) && one.inverted === other.inverted;
}

function fill(canvas: OffscreenCanvas, { pixels, picture, range }: DecodedFilm, shades: Shades): void {
  const context = canvas.getContext("2d", { alpha: false });
  if (!context) return;
  const greys = greyTable({ ...shades, sigmoid: picture.sigmoid ?? false }, range.least, range.most);
  const image = new ImageData(picture.width, picture.height);
  paint(new Uint32Array(image.data.buffer), pixels, range.least, opaque(greys));
  context.putImageData(image, 0, 0);
}

/** Red, green and blue alike, in the order of the bytes on every machine that has a browser. */
const opaque = (greys: Uint8ClampedArray) =>
  Uint32Array.from(greys, (grey) => 0xff000000 | (grey * 0x010101));

function paint(into: Uint32Array, pixels: FilmPixels, least: number, colours: Uint32Array): void {
  for (let at = 0; at < into.length; at += 1) into[at] = colours[(pixels[at] ?? 0) - least] ?? 0;
}
