import type { DataSet } from "dicom-parser";
import { type LookupTable, lookedUp, lookupTable } from "./lookup-table";

export type Samples = Uint8Array | Int8Array | Uint16Array | Int16Array;

/** Modality values that are shown black and white (white and black in MONOCHROME1). */
export type GreyWindow = {
  readonly black: number;
  readonly white: number;
  /** PS3.3, C.11.2.1.3: between them along a line, or along a sigmoid that goes on beyond them. */
  readonly curve: "linear" | "sigmoid";
};

/** What a film's samples mean: a modality value is `samples[i] * slope + intercept`. */
export type FilmGrey<Kind extends Samples = Samples> = {
  /** The stored ones, or what a table made of them. */
  readonly samples: Kind | Uint16Array<ArrayBuffer>;
  readonly slope: number;
  readonly intercept: number;
  /** The first is how the file asks to be shown. */
  readonly windows: readonly [GreyWindow, ...GreyWindow[]];
};

/**
 * Goes from stored values to what is shown by PS3.3, C.11 as far as the window: a modality table is applied, a
 * rescale is named. Of a window and a VOI table, which are alternatives (C.11.2.1), the window wins, because a
 * reader can move it; a table alone is applied, and the window spans what comes out. Without either the window
 * spans what the film holds.
 */
export function filmGrey<Kind extends Samples>(
  header: DataSet,
  stored: Kind,
  signed: boolean,
): FilmGrey<Kind> {
  const modality = lookupTable(header, "x00283000", signed);
  const samples = modality ? mapped(stored, modality) : stored;
  const slope = modality ? 1 : (number(header, "x00281053") ?? 1) || 1;
  const intercept = modality ? 0 : (number(header, "x00281052") ?? 0);
  const [first, ...more] = windowsOf(header);
  if (first) return { samples, slope, intercept, windows: [first, ...more] };
  const table = lookupTable(header, "x00283010", signed);
  if (table) {
    const full = { black: 0, white: 2 ** table.bits - 1, curve: "linear" } as const;
    return { samples: mapped(samples, table, slope, intercept), slope: 1, intercept: 0, windows: [full] };
  }
  const padding = signed ? header.int16("x00280120") : header.uint16("x00280120");
  const { least, most } = rangeOf(samples, padding);
  const [black, white] = [least * slope + intercept, most * slope + intercept].sort((a, b) => a - b);
  return { samples, slope, intercept, windows: [atLeastOneWide(black ?? 0, white ?? 1, "linear")] };
}

function windowsOf(header: DataSet): GreyWindow[] {
  const curve = header.string("x00281056")?.trim() ?? "LINEAR";
  const count = header.elements.x00281050 ? (header.numStringValues("x00281050") ?? 0) : 0;
  return Array.from({ length: Math.min(count, 8) }, (_, at): GreyWindow | null => {
    const [centre, width] = [number(header, "x00281050", at), number(header, "x00281051", at)];
    if (centre === undefined || width === undefined || width < (curve === "LINEAR" ? 1 : 1e-6)) return null;
    if (curve === "SIGMOID") return atLeastOneWide(centre - width / 2, centre + width / 2, "sigmoid");
    if (curve === "LINEAR_EXACT") return atLeastOneWide(centre - width / 2, centre + width / 2, "linear");
    // C.11.2.1.2.1: half a value and a whole one less than it says.
    return atLeastOneWide(centre - 0.5 - (width - 1) / 2, centre - 0.5 + (width - 1) / 2, "linear");
  }).filter((window) => window !== null);
}

function number(header: DataSet, tag: string, at?: number): number | undefined {
  const value = header.elements[tag]?.length ? header.floatString(tag, at) : undefined;
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

/** A window without width would be divided by. */
function atLeastOneWide(black: number, white: number, curve: GreyWindow["curve"]): GreyWindow {
  return { black, white: Math.max(white, black + 1e-3), curve };
}

function mapped(samples: Samples, table: LookupTable, slope = 1, intercept = 0): Uint16Array<ArrayBuffer> {
  const values = new Uint16Array(samples.length);
  for (let at = 0; at < samples.length; at += 1) {
    values[at] = lookedUp(table, (samples[at] ?? 0) * slope + intercept);
  }
  return values;
}

/** What the samples span, without the value that stands for "no detector here" (PixelPaddingValue). */
function rangeOf(samples: Samples, padding: number | undefined): { least: number; most: number } {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of samples) {
    if (value === padding) continue;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return least <= most ? { least, most } : { least: 0, most: 1 };
}
