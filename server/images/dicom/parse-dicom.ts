import { inflateRawSync } from "node:zlib";
import dicomParser, { type DataSet, type Element } from "dicom-parser";
import { ExpectedFailure } from "@/server/lib/errors";
import { readHeader } from "./read-header";
import { type TransferSyntax, transferSyntax } from "./transfer-syntaxes";

export type ParsedDicom = {
  /** Every element before the pixel data. */
  readonly header: DataSet;
  readonly syntax: TransferSyntax;
  /** The whole file, unpacked where it was deflated; `pixels.dataOffset` counts in it. */
  readonly bytes: Uint8Array;
  readonly pixels: Element;
};

/** Headers of films take a few kilobytes, with icons and lookup tables under one megabyte. */
const longestHeader = 8_000_000;
const mostElements = 20_000;
/** No film unpacks to more: 100 million pixels of two bytes, and a header. */
const mostUnpacked = 220e6;

/**
 * Reads the header of a DICOM file (PS3.10) up to its pixel data.
 * @throws ExpectedFailure("invalid") with the reason: no DICOM file, a transfer syntax that we do not read, cut
 * short, no pixel data, a header of over 8 MB or over 20,000 elements, sequences without end
 */
export function parseDicom(file: Uint8Array): ParsedDicom {
  if (file.length < 132 || Buffer.from(file.subarray(128, 132)).toString("latin1") !== "DICM") {
    throw refusedDicom("not a DICOM file: it has no DICM mark at byte 128");
  }
  const { syntax, end } = reading(() => syntaxOf(file), file.length);
  const bytes = syntax.deflated ? unpacked(file, end) : file;
  const head = bytes.subarray(0, longestHeader);
  const header = reading(() => readHeader(head, syntax), bytes.length);
  if (countElements(header) > mostElements) {
    throw refusedDicom(`its header holds more than ${mostElements.toLocaleString("en-US")} elements`);
  }
  const pixels = header.elements.x7fe00010;
  if (!pixels) throw refusedDicom("it has no pixel data");
  return { header, syntax, bytes, pixels };
}

export function refusedDicom(reason: string, cause?: unknown): ExpectedFailure {
  return new ExpectedFailure("invalid", reason, undefined, { cause });
}

/** The transfer syntax, and where the file's meta information ends (PS3.10, 7.1). */
function syntaxOf(file: Uint8Array): { syntax: TransferSyntax; end: number } {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  // What follows may be deflated, where a parser that looks one element ahead finds nonsense.
  const hasLength = view.getUint32(132, true) === 0x0000_0002;
  const end = hasLength ? 144 + view.getUint32(140, true) : Math.min(file.length, longestHeader);
  const meta = dicomParser.readPart10Header(file.subarray(0, end), { untilTag: "" });
  // Only what a UID may hold: a reason is kept in the database, whatever the file says here.
  const uid = (meta.string("x00020010") ?? "").replace(/[^0-9.]/g, "").slice(0, 64);
  const syntax = transferSyntax(uid);
  if (!syntax) throw refusedDicom(`the transfer syntax ${uid || "that it does not name"} is not read here`);
  return { syntax, end };
}

/** The same file in Explicit VR Little Endian, which is what a deflated one holds (PS3.5, A.5). */
function unpacked(file: Uint8Array, end: number): Uint8Array {
  try {
    const rest = inflateRawSync(file.subarray(end), { maxOutputLength: mostUnpacked });
    const explicit = Buffer.from("DICM\x02\0\x10\0UI\x14\x001.2.840.10008.1.2.1\0", "latin1");
    return Buffer.concat([Buffer.alloc(128), explicit, rest]);
  } catch (error) {
    const tooLarge = error instanceof RangeError;
    throw refusedDicom(tooLarge ? "it unpacks to more than 220 MB" : "its deflated part is broken", error);
  }
}

/** The parser throws texts and objects as well as errors; all of them mean that the file is not to be read. */
function reading<T>(read: () => T, length: number): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ExpectedFailure) throw error;
    if (error instanceof RangeError && /call stack/i.test(error.message)) {
      throw refusedDicom("its sequences lie too deep in one another", error);
    }
    throw refusedDicom(
      length > longestHeader ? "its header is broken or larger than 8 MB" : "it is cut short or broken",
      error,
    );
  }
}

/** Elements at all levels, as far as the limit. */
function countElements(header: DataSet): number {
  const open = [header];
  let count = 0;
  for (let set = open.pop(); set && count <= mostElements; set = open.pop()) {
    for (const element of Object.values(set.elements)) {
      count += 1;
      for (const { dataSet } of element.items ?? []) if (dataSet) open.push(dataSet);
    }
  }
  return count;
}
