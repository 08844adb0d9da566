import sharp from "sharp";
import type { Samples } from "./film-grey";
import { frameShape } from "./frame-shape";
import { parseDicom } from "./parse-dicom";
import { readSamples } from "./read-samples";

/**
 * A film with all its stored values told apart, in eight bits, PNG: for who looks for text. Through the window
 * that the file asks for, text that is brighter than white or darker than black cannot be seen, and a reader who
 * moves the window would see it.
 */
export async function everyValue(file: Uint8Array): Promise<Buffer> {
  const dicom = parseDicom(file);
  const shape = frameShape(dicom.header);
  const grey = valuesApart(await readSamples(dicom, shape));
  if (shape.lowIsWhite) for (const [at, value] of grey.entries()) grey[at] = 255 - value;
  return sharp(grey, { raw: { width: shape.width, height: shape.height, channels: 1 } })
    .toColourspace("b-w")
    .png({ compressionLevel: 6 })
    .toBuffer();
}

/**
 * Half of the grey is the value's place between the lowest and the highest, half its rank among the pixels (as in
 * histogram equalisation): what lies far apart in value differs, and so does what only few pixels lie between.
 */
export function valuesApart(samples: Samples): Uint8Array {
  const offset = 32_768;
  const counts = new Uint32Array(65_536 + offset);
  for (const sample of samples) counts[sample + offset] = (counts[sample + offset] ?? 0) + 1;
  const lowest = counts.findIndex((count) => count > 0);
  const highest = counts.findLastIndex((count) => count > 0);
  const table = new Uint8Array(counts.length);
  let below = 0;
  for (let value = lowest; value <= highest; value += 1) {
    const count = counts[value] ?? 0;
    const rank = (below + count / 2) / samples.length;
    const place = highest > lowest ? (value - lowest) / (highest - lowest) : rank;
    table[value] = Math.round(((rank + place) / 2) * 255);
    below += count;
  }
  return Uint8Array.from(samples, (sample) => table[sample + offset] ?? 0);
}
