import type { DataSet } from "dicom-parser";

const secondaryCapture = "1.2.840.10008.5.1.4.1.1.7";
/** Modalities whose pixels come from an X-ray detector or plate. */
const detectors = ["CR", "DX", "DR", "RG"];

/**
 * Why text that names somebody may be burned into a film's pixels; null when nothing suggests it. A file that
 * says YES does, one that says NO does not (BurnedInAnnotation, PS3.3, C.7.6.1). Where it says neither: what was
 * captured from a screen, scanned or converted by another program may hold anything, and so may what no X-ray
 * detector made.
 */
export function burnedInText(header: DataSet): string | null {
  const text = (tag: string) => header.string(tag)?.trim().toUpperCase() ?? "";
  if (text("x00280302") === "YES") return "its header says that a person can be recognised";
  const said = text("x00280301");
  if (said === "YES") return "its header says that text is burned in";
  if (said === "NO") return null;
  const nothingSaid = "and its header does not say whether text is burned in";
  if (text("x00080016").startsWith(secondaryCapture)) return `it is a secondary capture, ${nothingSaid}`;
  if (/\b(SCREEN|CAPTURE|SCAN)/.test(text("x00080008"))) return `it is a captured screen, ${nothingSaid}`;
  if (text("x00080064") !== "") return `it was converted from another medium, ${nothingSaid}`;
  return detectors.includes(text("x00080060")) ? null : `no X-ray detector is named, ${nothingSaid}`;
}
