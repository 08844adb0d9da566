import dcmjs from "dcmjs";
import type { Elements, ElementValue } from "./kept-values";

export const explicitLittleEndian = "1.2.840.10008.1.2.1";
export const side = 40;

/** Stored values of the phantom: a slope of twelve bits. */
export const slope = Uint16Array.from({ length: side * side }, (_, at) =>
  Math.floor((at / side ** 2) * 4096),
);

export type Changes = Readonly<Record<string, { vr: string; Value: readonly ElementValue[] } | undefined>>;

/**
 * A drawn film of nobody as a DICOM file: 40 × 40 pixels of twelve bits, from a plate (CR), posterior-anterior.
 * @param changes elements by tag that differ; undefined takes one out
 */
export function phantom(changes: Changes = {}, syntax = explicitLittleEndian): Buffer {
  const one = (vr: string, ...Value: ElementValue[]) => ({ vr, Value });
  const all: Changes = {
    "00080016": one("UI", "1.2.840.10008.5.1.4.1.1.1"),
    "00080018": one("UI", "1.2.3.4.1"),
    "00080020": one("DA", "20190402"),
    "00080030": one("TM", "101500"),
    "00080060": one("CS", "CR"),
    "00100010": one("PN", "Phantom^Paula"),
    "00100020": one("LO", "4711"),
    "00100040": one("CS", "F"),
    "00101010": one("AS", "061Y"),
    "00185101": one("CS", "PA"),
    "0020000D": one("UI", "1.2.3.4.2"),
    "0020000E": one("UI", "1.2.3.4.3"),
    "00280002": one("US", 1),
    "00280004": one("CS", "MONOCHROME2"),
    "00280010": one("US", side),
    "00280011": one("US", side),
    "00280100": one("US", 16),
    "00280101": one("US", 12),
    "00280102": one("US", 11),
    "00280103": one("US", 0),
    "7FE00010": one("OW", slope.slice().buffer),
    ...changes,
  };
  const dict: Elements = {};
  for (const tag of Object.keys(all).sort()) {
    const element = all[tag];
    if (element) dict[tag] = element;
  }
  const file = new dcmjs.data.DicomDict({
    "00020002": one("UI", "1.2.840.10008.5.1.4.1.1.1"),
    "00020003": one("UI", "1.2.3.4.1"),
    "00020010": one("UI", syntax),
    "00020012": one("UI", "1.2.3.4.9"),
  });
  file.dict = dict;
  return Buffer.from(file.write());
}
