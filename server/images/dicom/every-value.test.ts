import sharp from "sharp";
import { expect, it } from "vitest";
import { phantom, side } from "./dicom.fixture";
import { everyValue, valuesApart } from "./every-value";
import { readDicom } from "./read-dicom";

const letter = { left: 12, top: 10, width: 6, height: 9 };
const inLetter = (at: number) => {
  const [x, y] = [at % side, Math.floor(at / side)];
  return (
    x >= letter.left && x < letter.left + letter.width && y >= letter.top && y < letter.top + letter.height
  );
};

/** Text beyond the window that the file asks for: whiter than white on a film that is white already. */
function hidden(photometric: string): Buffer {
  const pixels = Uint16Array.from({ length: side * side }, (_, at) =>
    inLetter(at) ? 3400 : 3000 + (at % 7),
  );
  return phantom({
    "7FE00010": { vr: "OW", Value: [pixels.buffer] },
    "00280004": { vr: "CS", Value: [photometric] },
    "00281050": { vr: "DS", Value: ["1000"] },
    "00281051": { vr: "DS", Value: ["1000"] },
  });
}

const greysOf = async (picture: Uint8Array) => {
  const grey = await sharp(picture).extractChannel(0).raw().toBuffer();
  const part = (kept: boolean) => [...grey].filter((_, at) => inLetter(at) === kept);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.abs(mean(part(true)) - mean(part(false)));
};

it.each(["MONOCHROME1", "MONOCHROME2"])(
  "text that the film's window hides stands out once all values are told apart (%s)",
  async (photometric) => {
    const file = hidden(photometric);
    expect(await greysOf((await readDicom(file)).display)).toBe(0);
    expect(await greysOf(await everyValue(file))).toBeGreaterThan(80);
  },
);

it("keeps the order of values, also of negative ones, and bears a film of one value", () => {
  const grey = [...valuesApart(Int16Array.from([-5, 900, 0, -32_768, 32_767]))];
  const order = grey.map((value, at) => [value, at] as const).sort(([one], [other]) => one - other);
  expect(order.map(([, at]) => at)).toEqual([3, 0, 2, 1, 4]);
  expect(new Set(valuesApart(new Uint16Array(9).fill(7))).size).toBe(1);
});
