import type { Elements, ElementValue } from "@/server/images/dicom/kept-values";
import type { ReadDicom } from "@/server/images/dicom/read-dicom";
import type { NewIdentity } from "./new-identity";

const explicitLittleEndian = "1.2.840.10008.1.2.1";
/** A UUID of our own (PS3.5, B.2). */
const implementation = "2.25.163285043791862498164327508946126178304";

/**
 * Writes a film's DICOM file anew from what was read and may stay: Basic Application Level Confidentiality Profile
 * (PS3.15, E.2) with the option to retain longitudinal information with modified dates (E.3.6). Nothing of the
 * original file is carried over: no preamble, no private element, no unread byte. Pixels are stored plainly,
 * because a coded frame can hold comments. Times of day go, and so do the patient's own characteristics.
 */
export async function deidentifiedFile({ kept, pixels }: ReadDicom, identity: NewIdentity): Promise<Buffer> {
  // With the standard's whole dictionary: loaded when the first file is written, not at every start of a shell.
  const { default: dcmjs } = await import("dcmjs");
  const classUid = kept["00080016"]?.Value ?? [];
  const file = new dcmjs.data.DicomDict({
    "00020002": { vr: "UI", Value: classUid },
    "00020003": element("UI", identity.sopUid),
    "00020010": element("UI", explicitLittleEndian),
    "00020012": element("UI", implementation),
    "00020013": element("SH", "OVERREAD"),
  });
  const even = new Uint8Array(pixels.length + (pixels.length % 2));
  even.set(pixels);
  const elements: Elements = {
    ...kept,
    ...identityElements(identity),
    ...record,
    "7FE00010": element(kept["00280100"]?.Value[0] === 8 ? "OB" : "OW", even.buffer),
  };
  const ordered = Object.entries(elements).sort(([one], [other]) => (one < other ? -1 : 1));
  file.dict = Object.fromEntries(ordered);
  return Buffer.from(file.write());
}

/** Actions U (new UIDs), Z (empty or a dummy) and, for dates, C of Table E.1-1. */
function identityElements({ patient, studyUid, seriesUid, sopUid, dates }: NewIdentity): Elements {
  const name = patient === null ? element("LO") : element("LO", patient);
  return {
    "00080018": element("UI", sopUid),
    "00080020": element("DA"),
    "00080030": element("TM"),
    "00080050": element("SH"),
    "00080090": element("PN"),
    "00100010": { ...name, vr: "PN" },
    "00100020": name,
    "00100030": element("DA"),
    "00100040": element("CS"),
    "0020000D": element("UI", studyUid),
    "0020000E": element("UI", seriesUid),
    "00200010": element("SH"),
    ...Object.fromEntries(Object.entries(dates).map(([tag, date]) => [tag, element("DA", date)])),
  };
}

/** What was done, as PS3.15, E.1.1 asks for it; the codes are of CID 7050. */
const record: Elements = {
  "00120062": element("CS", "YES"),
  "00120063": element(
    "LO",
    "PS3.15 Basic Application Level Confidentiality Profile",
    "Only listed attributes kept, UIDs replaced, times removed",
    "Dates moved back by a number of days of the patient's own",
  ),
  "00120064": {
    vr: "SQ",
    Value: [
      code("113100", "Basic Application Confidentiality Profile"),
      code("113107", "Retain Longitudinal Temporal Information Modified Dates Option"),
    ],
  },
  "00280303": element("CS", "MODIFIED"),
};

function code(value: string, meaning: string): Elements {
  return {
    "00080100": element("SH", value),
    "00080102": element("SH", "DCM"),
    "00080104": element("LO", meaning),
  };
}

function element(vr: string, ...Value: ElementValue[]): Elements[string] {
  return { vr, Value };
}
