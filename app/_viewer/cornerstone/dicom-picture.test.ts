import { describe, expect, it } from "vitest";
import { type Changes, phantom, side, slope } from "@/server/images/dicom/dicom.fixture";
import { sampleRange } from "../film-picture";
import { greyRange, readout, windowPresets } from "../film-settings";
import { dicomPicture } from "./dicom-picture";

const one = (vr: string, ...Value: (string | number)[]) => ({ vr, Value });
const opened = (changes: Changes = {}) => dicomPicture(Uint8Array.from(phantom(changes)).buffer);
const [asStored = { name: "", window: 0, level: 0 }] = windowPresets;

describe("a DICOM film in the browser", () => {
  it("has every bit of its samples, and spacing in millimetres", () => {
    const { pixels, picture } = opened({ "00280030": one("DS", "0.2", "0.1") });
    expect([...pixels]).toEqual([...slope]);
    expect(picture).toMatchObject({ width: side, height: side, spacing: { x: 0.1, y: 0.2 } });
    expect(picture.depth).toEqual({ bits: 16, signed: false });
  });

  it("begins with the file's first window and offers the others, in the file's own values", () => {
    const windows = { "00281050": one("DS", "1700", "1000"), "00281051": one("DS", "3000", "900") };
    const { picture } = opened(windows);
    // PS3.3, C.11.2.1.2.1: c - 0.5 ± (w - 1) / 2.
    expect(picture.grey).toMatchObject({ black: 200, white: 3199 });
    expect(picture.otherWindows).toMatchObject([{ black: 550, white: 1449 }]);
    expect(readout({ ...asStored, zoom: 1, x: 0, y: 0 }, picture.grey)).toBe("W 2999 · L 1700 · 1.0×");
  });

  it("turns windows into samples where the header rescales, upside down too", () => {
    const windows = { "00281050": one("DS", "100.5"), "00281051": one("DS", "201") };
    const up = opened({ ...windows, "00281052": one("DS", "-1000"), "00281053": one("DS", "0.5") }).picture;
    expect(sampleRange(up, greyRange(asStored, up.grey))).toEqual({
      lower: 2000,
      upper: 2400,
      turned: false,
    });
    const down = opened({ ...windows, "00281052": one("DS", "1000"), "00281053": one("DS", "-1") }).picture;
    expect(sampleRange(down, greyRange(asStored, down.grey))).toEqual({
      lower: 800,
      upper: 1000,
      turned: true,
    });
  });

  it("says that low is white, and that its curve is a sigmoid", () => {
    const { picture } = opened({
      "00280004": one("CS", "MONOCHROME1"),
      "00281050": one("DS", "2000"),
      "00281051": one("DS", "1000"),
      "00281056": one("CS", "SIGMOID"),
    });
    expect(picture).toMatchObject({ lowIsWhite: true, sigmoid: true, grey: { black: 1500, white: 2500 } });
  });
});
