import { deflateRawSync } from "node:zlib";
import { expect, it } from "vitest";
import { phantom, side, slope } from "./dicom.fixture";
import { readDicom } from "./read-dicom";
import references from "./reference/films.json" with { type: "json" };

const refusal = (file: Uint8Array): Promise<string> =>
  readDicom(file).then(
    () => "read",
    (error: { failure?: { message: string } }) => error.failure?.message ?? `threw ${error}`,
  );
const one = (vr: string, ...Value: number[] | string[]) => ({ vr, Value });
const deflated = "1.2.840.10008.1.2.1.99";
const jpeg = "1.2.840.10008.1.2.4.50";

/** Where the data set begins: behind the file's meta information. */
const bodyOf = (file: Buffer) => 144 + file.readUInt32LE(140);
const element = (tag: string, vr: string, value: Buffer) => {
  const head = Buffer.from(`${tag.slice(2, 4)}${tag.slice(0, 2)}${tag.slice(6)}${tag.slice(4, 6)}`, "hex");
  const length = Buffer.alloc(2);
  length.writeUInt16LE(value.length);
  return Buffer.concat([head, Buffer.from(vr), length, value]);
};
/** The phantom with raw bytes before its first element. */
const prefixed = (bytes: Buffer) => {
  const file = phantom();
  const body = bodyOf(file);
  return Buffer.concat([file.subarray(0, body), bytes, file.subarray(body)]);
};
const packed = (content: Buffer) => {
  const file = phantom({}, deflated);
  return Buffer.concat([file.subarray(0, bodyOf(file)), deflateRawSync(content)]);
};
const opened = (count: number) =>
  Buffer.concat(
    Array.from({ length: count }, () =>
      Buffer.from("09000110534 10000ffffffff feff00e0ffffffff".replaceAll(" ", ""), "hex"),
    ),
  );

it.each([
  { what: "a text", file: Buffer.from("<html>".repeat(100)), reason: /^not a DICOM file/ },
  { what: "nothing", file: Buffer.alloc(0), reason: /^not a DICOM file/ },
  {
    what: "only the mark",
    file: Buffer.concat([Buffer.alloc(128), Buffer.from("DICM")]),
    reason: /cut short|broken/,
  },
  { what: "a header cut short", file: phantom().subarray(0, 300), reason: /cut short|no pixel data/ },
  { what: "pixels cut short", file: phantom().subarray(0, -side), reason: /cut short: 3160 of 3200 bytes/ },
  { what: "no pixel data", file: phantom({ "7FE00010": undefined }), reason: /no pixel data/ },
  {
    what: "65,535 × 65,535",
    file: phantom({ "00280010": one("US", 65_535), "00280011": one("US", 65_535) }),
    reason: /65535 × 65535 pixels is too large/,
  },
  {
    what: "an unknown transfer syntax",
    file: phantom({}, "1.2.3.4.5"),
    reason: /transfer syntax 1\.2\.3\.4\.5/,
  },
  { what: "video", file: phantom({}, "1.2.840.10008.1.2.4.102"), reason: /transfer syntax .* is not read/ },
  { what: "several frames", file: phantom({ "00280008": one("IS", "9") }), reason: /several frames/ },
  { what: "colour", file: phantom({ "00280002": one("US", 3) }), reason: /in colour/ },
  { what: "a palette", file: phantom({ "00280004": one("CS", "PALETTE COLOR") }), reason: /in colour/ },
  { what: "32 bits", file: phantom({ "00280100": one("US", 32) }), reason: /32 bits/ },
  { what: "bits beside one another", file: phantom({ "00280102": one("US", 3) }), reason: /stores 12 bits/ },
  {
    what: "a JPEG that is none",
    file: phantom({ "7FE00010": { vr: "OB", Value: [slope.buffer] } }, jpeg),
    reason: /can't be decoded|frame/,
  },
  { what: "what deflates to far too much", file: packed(Buffer.alloc(300e6)), reason: /more than 220 MB/ },
  {
    what: "a broken deflated part",
    file: Buffer.concat([
      phantom({}, deflated).subarray(0, bodyOf(phantom({}, deflated))),
      Buffer.alloc(900, 7),
    ]),
    reason: /deflated part is broken/,
  },
  { what: "sequences without end", file: prefixed(opened(300_000)), reason: /too deep|broken/ },
  {
    what: "a bomb of private tags",
    file: prefixed(
      Buffer.concat(
        Array.from({ length: 60_000 }, (_, at) =>
          element(`0009${(at + 0x1000).toString(16).padStart(4, "0").slice(-4)}`, "LO", Buffer.from("x ")),
        ),
      ),
    ),
    reason: /more than 20,000 elements/,
  },
])(
  "$what is refused with the reason",
  async ({ file, reason }) => {
    const began = performance.now();
    expect(await refusal(file)).toMatch(reason);
    expect(performance.now() - began).toBeLessThan(10_000);
  },
  20_000,
);

it("a deflated film is read as the one that it holds", async () => {
  const plain = phantom();
  const read = await readDicom(packed(plain.subarray(bodyOf(plain))));
  expect(read.film.pixelSha256).toBe((await readDicom(plain)).film.pixelSha256);
});

it("private tags and what nobody knows are read over", async () => {
  const bomb = Array.from({ length: 5_000 }, (_, at) =>
    element(`0009${(at + 0x1000).toString(16)}`, "LO", Buffer.from("Mustermann")),
  );
  const read = await readDicom(prefixed(Buffer.concat(bomb)));
  expect(Object.keys(read.kept)).toEqual(Object.keys((await readDicom(phantom())).kept));
});

it("a frame that claims another size than the header is never decoded", async () => {
  // SOI, SOF0: precision 8, 65,535 × 65,535, one component.
  const huge = Buffer.from("ffd8ffc0000b08ffffffff0101110000000000000000000000000000", "hex");
  const file = phantom({ "7FE00010": { vr: "OB", Value: [Uint8Array.from(huge).buffer] } }, jpeg);
  expect(await refusal(file)).toMatch(/header says 40 × 40 pixels, its frame 65535 × 65535/);
});

it("bits beside the stored ones, where old files keep overlays, are gone", async () => {
  const drawnOver = slope.map((value, at) => value | ((at % 16) << 12));
  const read = await readDicom(phantom({ "7FE00010": { vr: "OW", Value: [drawnOver.buffer] } }));
  expect(Buffer.compare(Buffer.from(read.pixels), Buffer.from(slope.buffer))).toBe(0);
});

it("four hundred mutations of films are read or refused, none does harm", async () => {
  // Deterministic: a failing one can be found again by its number.
  let state = 42;
  const next = (most: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % most;
  };
  const outcomes = new Set<string>();
  for (let round = 0; round < 400; round += 1) {
    const original = Buffer.from(references[round % references.length]?.file ?? "", "base64");
    const file = Buffer.from(original);
    for (let change = 0; change <= next(8); change += 1) file[128 + next(file.length - 128)] = next(256);
    const cut = next(4) === 0 ? file.subarray(0, next(file.length)) : file;
    const outcome = await refusal(cut);
    outcomes.add(outcome === "read" ? "read" : "refused");
    expect(outcome, `mutation ${round}`).not.toMatch(/^threw/);
  }
  expect([...outcomes].sort()).toEqual(["read", "refused"]);
}, 120_000);
