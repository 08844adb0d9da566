import dicomParser, { type DataSet } from "dicom-parser";
import type { TransferSyntax } from "./transfer-syntaxes";

/**
 * Every element of a DICOM file (PS3.10) before its pixel data, and the pixel data's own head.
 * @param bytes not deflated
 * @throws whatever the parser throws where the bytes are no such file
 */
export function readHeader(bytes: Uint8Array, syntax: TransferSyntax): DataSet {
  const options = { untilTag: "x7fe00010" };
  const header = dicomParser.readPart10Header(bytes, options);
  const begin = Object.values(header.elements).reduce(
    (end, { dataOffset, length }) => Math.max(end, dataOffset + length),
    132,
  );
  if (syntax.implicit) {
    const stream = new dicomParser.ByteStream(header.byteArrayParser, bytes, begin);
    dicomParser.parseDicomDataSetImplicit(header, stream, bytes.length, options);
    return header;
  }
  // The file's meta information is little-endian always; its elements remember that.
  if (syntax.pixels === "big-endian") header.byteArrayParser = dicomParser.bigEndianByteArrayParser;
  const stream = new KnowingEveryVr(header.byteArrayParser, bytes, begin);
  dicomParser.parseDicomDataSetExplicit(header, stream, bytes.length, options);
  return header;
}

/** Those with lengths of 32 bits (PS3.5, 7.1.2) that the parser takes for ones with 16, and goes astray. */
const unknownToParser = new Set(["OV", "SV", "UV"]);

/** Shows the parser the 64-bit kinds as unknown ones, whose lengths have 32 bits too: we keep no value of either. */
class KnowingEveryVr extends dicomParser.ByteStream {
  constructor(...given: ConstructorParameters<typeof dicomParser.ByteStream>) {
    super(...given);
    const read = this.readFixedString.bind(this);
    // The parser reads no other text of two letters by this than a VR.
    this.readFixedString = (length) => {
      const text = read(length);
      return length === 2 && unknownToParser.has(text) ? "UN" : text;
    };
  }
}
