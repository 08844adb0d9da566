export type TransferSyntax = {
  readonly uid: string;
  readonly name: string;
  /** How pixel data lies in the file. */
  readonly pixels: "native" | "big-endian" | "encapsulated";
  /** Elements come without their VR. */
  readonly implicit?: true;
  readonly deflated?: true;
};

/**
 * What we read (PS3.5, chapter 10 and annex A). JPEG Extended has a codec for its eight-bit films only; video and
 * referenced pixel data are no films.
 */
const known: readonly TransferSyntax[] = [
  { uid: "1.2.840.10008.1.2", name: "Implicit VR Little Endian", pixels: "native", implicit: true },
  { uid: "1.2.840.10008.1.2.1", name: "Explicit VR Little Endian", pixels: "native" },
  { uid: "1.2.840.10008.1.2.1.99", name: "Deflated Explicit VR", pixels: "native", deflated: true },
  { uid: "1.2.840.10008.1.2.2", name: "Explicit VR Big Endian", pixels: "big-endian" },
  { uid: "1.2.840.10008.1.2.4.50", name: "JPEG Baseline", pixels: "encapsulated" },
  { uid: "1.2.840.10008.1.2.4.51", name: "JPEG Extended", pixels: "encapsulated" },
  { uid: "1.2.840.10008.1.2.4.57", name: "JPEG Lossless", pixels: "encapsulated" },
  { uid: "1.2.840.10008.1.2.4.70", name: "JPEG Lossless SV1", pixels: "encapsulated" },
  { uid: "1.2.840.10008.1.2.4.80", name: "JPEG-LS Lossless", pixels: "encapsulated" },
  { uid: "1.2.840.10008.1.2.4.81", name: "JPEG-LS Near-lossless", pixels: "encapsulated" },
  { uid: "1.2.840.10008.1.2.4.90", name: "JPEG 2000 Lossless", pixels: "encapsulated" },
  { uid: "1.2.840.10008.1.2.4.91", name: "JPEG 2000", pixels: "encapsulated" },
  { uid: "1.2.840.10008.1.2.4.201", name: "HTJ2K Lossless", pixels: "encapsulated" },
  { uid: "1.2.840.10008.1.2.4.202", name: "HTJ2K Lossless RPCL", pixels: "encapsulated" },
  { uid: "1.2.840.10008.1.2.4.203", name: "HTJ2K", pixels: "encapsulated" },
  { uid: "1.2.840.10008.1.2.5", name: "RLE Lossless", pixels: "encapsulated" },
];
const byUid = new Map(known.map((syntax) => [syntax.uid, syntax]));

/** The transfer syntax of a UID; undefined for one that we do not read. */
export function transferSyntax(uid: string): TransferSyntax | undefined {
  return byUid.get(uid);
}
