import type { DataSet } from "dicom-parser";

/** What a header says of a film, its patient and its study. The identifiers leave the server in no form. */
export type DicomFacts = {
  readonly patientId: string;
  readonly issuer: string;
  readonly studyUid: string;
  readonly seriesUid: string;
  readonly sopUid: string;
  /** YYYYMMDD, by tag, where there is one that is a date. */
  readonly dates: Readonly<Record<string, string>>;
  /** Minutes after midnight; 0 when it says none. */
  readonly studyMinutes: number;
  readonly view: string;
  readonly sex: "F" | "M" | "unknown";
  readonly age: number | null;
};

/** Study, series, acquisition and content date. */
const dateTags = ["00080020", "00080021", "00080022", "00080023"];

export function dicomFacts(header: DataSet): DicomFacts {
  const text = (tag: string) => (header.string(tag) ?? "").replace(/\0/g, "").trim();
  const dates = dateTags.flatMap((tag) => {
    const date = text(`x${tag}`).replaceAll(".", "");
    return daysOf(date) === null ? [] : [[tag, date] as const];
  });
  const [, hours, minutes] = /^(\d\d):?(\d\d)/.exec(text("x00080030")) ?? [];
  const sex = text("x00100040").toUpperCase();
  return {
    patientId: text("x00100020"),
    issuer: text("x00100021"),
    studyUid: text("x0020000d"),
    seriesUid: text("x0020000e"),
    sopUid: text("x00080018"),
    dates: Object.fromEntries(dates),
    studyMinutes: Number(hours ?? 0) * 60 + Number(minutes ?? 0),
    view: viewOf(text("x00185101"), text("x0008103e")),
    sex: sex === "F" || sex === "M" ? sex : "unknown",
    age: ageOf(text("x00101010"), text("x00100030"), text("x00080020")),
  };
}

/** Days since 1970 of YYYYMMDD; null when it is no date. */
export function daysOf(date: string): number | null {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(date) ?? [];
  if (!year || !month || !day) return null;
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const real = new Date(at).toISOString().slice(0, 10) === `${year}-${month}-${day}`;
  return real ? at / 86_400_000 : null;
}

/** Laterals under one name, as CheXpert has them; of the series' description only a projection that it names. */
function viewOf(position: string, description: string): string {
  const word = position.toUpperCase();
  if (/^(AP|PA|LL|RL|RLD|LLD|RLO|LLO)$/.test(word)) return word;
  if (/^LAT(ERAL)?$/.test(word)) return "lateral";
  const named = /\b(AP|PA|LAT|LATERAL)\b/.exec(description.toUpperCase())?.[1];
  if (!named) return "unknown";
  return named.startsWith("LAT") ? "lateral" : named;
}

/**
 * Years: as the header says, else from birth to study. Nobody is older than 90: higher ages are so rare that they
 * name somebody (45 CFR 164.514(b)(2)(i)(C)).
 */
function ageOf(said: string, birth: string, study: string): number | null {
  const [, count, unit] = /^(\d{1,3})([DWMY]?)$/.exec(said) ?? [];
  const [born, seen] = [daysOf(birth), daysOf(study)];
  if (count) return Math.min(90, Math.floor(Number(count) / (perYear[unit || "Y"] ?? 1)));
  if (born === null || seen === null || seen < born) return null;
  return Math.min(90, Math.floor((seen - born) / 365.2425));
}

const perYear: Readonly<Record<string, number>> = { D: 365.2425, W: 52.1775, M: 12, Y: 1 };
