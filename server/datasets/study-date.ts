import { isoDay } from "./dicom/new-identity";

/**
 * The date of a study (YYYY-MM-DD) where its dataset has dates: DICOM's days count from 1970, moved as the whole
 * patient's are. Days of other datasets count from a day of their own; null for them.
 */
export function studyDate(format: string, dayOffset: number | null): string | null {
  return format === "dicom" && dayOffset !== null ? isoDay(dayOffset) : null;
}
