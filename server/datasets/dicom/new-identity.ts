import { type DicomFacts, daysOf } from "@/server/images/dicom/film-facts";
import { patientId as usableId } from "../formats/format";
import type { Pseudonyms } from "./pseudonyms";

/** Who a film is of from here on. */
export type NewIdentity = {
  /** Null: the file names no patient. */
  readonly patient: string | null;
  readonly studyUid: string;
  readonly seriesUid: string;
  readonly sopUid: string;
  /** By tag, YYYYMMDD, moved back. */
  readonly dates: Readonly<Record<string, string>>;
  /** Days since 1970 of the moved study date. */
  readonly studyDay: number | null;
};

const studyDate = "00080020";

export function newIdentity(facts: DicomFacts, names: Pseudonyms): NewIdentity {
  const id = usableId(facts.patientId);
  // Without a patient, the films of a study still move together.
  const back = id === null ? names.daysBack(facts.studyUid, "study") : names.daysBack(id, facts.issuer);
  const moved = Object.entries(facts.dates).map(([tag, date]) => [tag, (daysOf(date) ?? 0) - back] as const);
  return {
    patient: id === null ? null : names.patient(id, facts.issuer),
    studyUid: names.uid(facts.studyUid),
    seriesUid: names.uid(facts.seriesUid),
    sopUid: names.uid(facts.sopUid),
    dates: Object.fromEntries(moved.map(([tag, day]) => [tag, isoDay(day).replaceAll("-", "")])),
    studyDay: moved.find(([tag]) => tag === studyDate)?.[1] ?? null,
  };
}

/** YYYY-MM-DD of days since 1970. */
export function isoDay(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
