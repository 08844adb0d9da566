import type { LeakPair } from "@/server/integrity/schema";

/** A pair in two lines: why it is one, and what the two films are. */
export function pairLines({ reason, image, trainImage, daysApart }: LeakPair): { why: string; what: string } {
  const classes = `${image.class}, ${trainImage.class}`;
  const samePatient = image.patientId === trainImage.patientId;
  if (reason === "film") {
    const ids = samePatient ? `patient ${image.patient}` : `${image.patient} and ${trainImage.patient}`;
    return {
      why: samePatient ? "Same film twice" : "Same film, two patient ids",
      what: `${ids} · ${classes}`,
    };
  }
  if (reason === "group") {
    return {
      why: "Two patient ids, linked by another film",
      what: `${image.patient} and ${trainImage.patient} · ${classes}`,
    };
  }
  return {
    why: `patient ${image.patient} · ${apart(image.study, trainImage.study, daysApart)}`,
    what: classes,
  };
}

function apart(study: string, trainStudy: string, days: number | null): string {
  if (study === trainStudy) return "same study";
  if (days === null) return `${study} and ${trainStudy}`;
  if (days === 0) return "same day";
  return days === 1 ? "1 day apart" : `${days.toLocaleString("en-US")} days apart`;
}
