import type { ImageDetail, ImageRow } from "@/server/images/browse/schema";

const sexes = { F: "F", M: "M", unknown: "sex unknown" } as const;

/** "AP · F, 68 years", as far as it is known. */
export function factsOf({ view, sex, age }: Pick<ImageRow, "view" | "sex" | "age">): string {
  return `${view} · ${sexes[sex]}, ${age === null ? "age unknown" : `${age} years`}`;
}

/** "42 KB JPEG"; of a DICOM file what of it is shown here. */
export function fileWords({ bytes, mediaType, dicom }: NonNullable<ImageDetail["file"]>): string {
  const size = `${Math.ceil(bytes / 1024).toLocaleString("en-US")} KB`;
  const kind = mediaType.replace("image/", "").toUpperCase();
  return dicom ? `DICOM, de-identified; shown here as ${kind} of ${size}` : `${size} ${kind}`;
}

/** "study3", "study3, day 14"; a study that is named by its day or date says it once. */
export function studyWords({
  study,
  dayOffset,
}: {
  readonly study: string;
  readonly dayOffset: number | null;
}): string {
  return dayOffset === null || /day|^\d{4}-\d\d-\d\d/i.test(study) ? study : `${study}, day ${dayOffset}`;
}
