import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { drawnFindings } from "./finding";
import { drawPhantom, type PhantomSpec } from "./phantom";

const plain: PhantomSpec = { patientSeed: 3, filmSeed: 4, width: 96, height: 80, format: "png" };

describe("a drawn film", () => {
  it.each(["png", "jpeg"] as const)("is 8-bit grey %s of the asked size", async (format) => {
    const meta = await sharp(await drawPhantom({ ...plain, format })).metadata();
    expect(meta).toMatchObject({ format, width: 96, height: 80, channels: 1, depth: "uchar" });
  });

  it("is the same each time for one spec and another for each film and patient", async () => {
    const film = await drawPhantom(plain);
    expect(await drawPhantom(plain)).toEqual(film);
    expect(await drawPhantom({ ...plain, filmSeed: 5 })).not.toEqual(film);
    expect(await drawPhantom({ ...plain, patientSeed: 5 })).not.toEqual(film);
  });

  it.each(drawnFindings)("shows %s, and more of it when it is worse", async (finding) => {
    const [none, some, much] = await Promise.all(
      [0, 0.4, 1].map(async (severity) =>
        pixelsOf({ ...plain, view: "AP", findings: { [finding]: severity } }),
      ),
    );
    if (!none || !some || !much) throw new Error("three films were drawn");
    expect(difference(none, some)).toBeGreaterThan(0);
    expect(difference(none, much)).toBeGreaterThan(difference(none, some));
  });

  it.each(["PA", "AP", "AP Supine", "Lateral"] as const)("uses the range of greys in %s", async (view) => {
    const { channels } = await sharp(await drawPhantom({ ...plain, width: 128, height: 128, view })).stats();
    expect(channels[0]?.min).toBeLessThan(30);
    expect(channels[0]?.max).toBeGreaterThan(200);
    expect(channels[0]?.stdev).toBeGreaterThan(35);
  });
});

async function pixelsOf(spec: PhantomSpec): Promise<Buffer> {
  return sharp(await drawPhantom({ ...spec, width: 160, height: 160 }))
    .raw()
    .toBuffer();
}

function difference(a: Buffer, b: Buffer): number {
  return a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] ?? 0)), 0);
}
