/** What becomes of an attribute that is kept in a film's file. */
export type Treatment =
  | { readonly tag: string; readonly vr: "CS" | "LO"; readonly terms: RegExp }
  | { readonly tag: string; readonly vr: "DS" | "IS" | "US" | "SS" | "UI" };

const terms = (tag: string, words: string, vr: "CS" | "LO" = "CS"): Treatment => ({
  tag,
  vr,
  terms: new RegExp(`^(?:${words})$`),
});

/**
 * Everything that goes from an imported file into the stored one, beside the pixels and what de-identification
 * writes itself (server/datasets/dicom): numbers, and code words that are on these lists. The Basic Application
 * Level Confidentiality Profile (PS3.15, Table E.1-1) names what has to go; here is named what may stay, so that
 * an attribute that neither it nor we know of goes, too. None of these is one that the profile removes
 * (`reference/profile.py`).
 */
export const keptAttributes: readonly Treatment[] = [
  terms("00080008", "ORIGINAL|DERIVED|PRIMARY|SECONDARY"),
  { tag: "00080016", vr: "UI" },
  terms("00080060", "CR|DX|DR|RG|XC|OT|SC|MG|RF|XA|PX|IO"),
  terms("00080064", "DV|DI|DF|WSD|SD|SI|DRW|SYN"),
  terms("00080068", "FOR PRESENTATION|FOR PROCESSING"),
  terms("00180015", "CHEST|THORAX|LUNG|RIB|RIBS|STERNUM|SPINE|TSPINE|ABDOMEN|CHESTABDOMEN"),
  { tag: "00180060", vr: "DS" }, // KVP
  { tag: "00181110", vr: "DS" }, // DistanceSourceToDetector
  { tag: "00181111", vr: "DS" }, // DistanceSourceToPatient
  { tag: "00181150", vr: "IS" }, // ExposureTime
  { tag: "00181151", vr: "IS" }, // XRayTubeCurrent
  { tag: "00181152", vr: "IS" }, // Exposure
  { tag: "00181164", vr: "DS" }, // ImagerPixelSpacing
  terms("00185101", "AP|PA|LL|RL|RLD|LLD|RLO|LLO|LAT|LATERAL"),
  { tag: "00200011", vr: "IS" }, // SeriesNumber
  { tag: "00200013", vr: "IS" }, // InstanceNumber
  terms("00200020", "[APRLHF]{1,3}"),
  terms("00200060", "[RL]"),
  terms("00200062", "[RLUB]"),
  { tag: "00280002", vr: "US" }, // SamplesPerPixel
  terms("00280004", "MONOCHROME[12]"),
  { tag: "00280010", vr: "US" }, // Rows
  { tag: "00280011", vr: "US" }, // Columns
  { tag: "00280030", vr: "DS" }, // PixelSpacing
  { tag: "00280034", vr: "IS" }, // PixelAspectRatio
  terms("00280301", "YES|NO"),
  terms("00280302", "YES|NO"),
  terms("00281040", "LIN|LOG|DISP"),
  { tag: "00281041", vr: "SS" }, // PixelIntensityRelationshipSign
  { tag: "00281050", vr: "DS" }, // WindowCenter
  { tag: "00281051", vr: "DS" }, // WindowWidth
  { tag: "00281052", vr: "DS" }, // RescaleIntercept
  { tag: "00281053", vr: "DS" }, // RescaleSlope
  terms("00281054", "US|OD|HU|HU_MOD|MGML|Z_EFF|ED|EDW|PCT|UNSPECIFIED", "LO"),
  terms("00281056", "LINEAR|LINEAR_EXACT|SIGMOID"),
  terms("00282110", "00|01"),
  { tag: "00282112", vr: "DS" }, // LossyImageCompressionRatio
  terms("00282114", "ISO_10918_1|ISO_14495_1|ISO_15444_1|ISO_15444_15"),
  terms("20500020", "IDENTITY|INVERSE"),
];
