import type { DataSet } from "dicom-parser";

/** PS3.3, C.11.1.1 and C.11.2.1.1: `values[v - first]`, the first and last of them beyond the ends. */
export type LookupTable = {
  readonly first: number;
  readonly bits: number;
  readonly values: Uint16Array;
};

/** The first table of a sequence; null where there is none, or none that can be used. */
export function lookupTable(header: DataSet, sequence: string, signed: boolean): LookupTable | null {
  const item = header.elements[sequence]?.items?.[0]?.dataSet;
  const data = item?.elements.x00283006;
  if (!item || !data) return null;
  // The descriptor's first and third value are always unsigned.
  const [count, bits] = [item.uint16("x00283002", 0), item.uint16("x00283002", 2)];
  const first = signed ? item.int16("x00283002", 1) : item.uint16("x00283002", 1);
  if (count === undefined || first === undefined || bits === undefined || bits < 8 || bits > 16) return null;
  const entries = count === 0 ? 65_536 : count;
  // Eight-bit entries may be packed two a word; else each has a word of its own.
  const bytesEach = data.length >= entries * 2 ? 2 : 1;
  if (data.length < entries * bytesEach || data.dataOffset + data.length > item.byteArray.length) return null;
  const values = new Uint16Array(entries);
  for (let at = 0; at < entries; at += 1) {
    const place = data.dataOffset + at * bytesEach;
    values[at] =
      bytesEach === 2 ? item.byteArrayParser.readUint16(item.byteArray, place) : (item.byteArray[place] ?? 0);
  }
  return { first, bits, values };
}

export function lookedUp({ first, values }: LookupTable, value: number): number {
  return values[Math.min(values.length - 1, Math.max(0, Math.round(value) - first))] ?? 0;
}
