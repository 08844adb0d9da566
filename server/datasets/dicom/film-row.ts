import type { ReadDicom } from "@/server/images/dicom/read-dicom";
import type { FilmRow } from "../formats/format";
import { isoDay, type NewIdentity } from "./new-identity";
import type { Pseudonyms } from "./pseudonyms";

/**
 * The row of a film. Its path is made of pseudonyms, because folders and files are often called after a patient:
 * patient, moved study date, and a name for the very film (its UID and its pixels).
 * @param findings how long packed labels are
 */
export function dicomRow(
  { facts, film, kept, syntax }: ReadDicom,
  identity: NewIdentity,
  names: Pseudonyms,
  findings: number,
): FilmRow {
  const { patient, studyDay, studyUid } = identity;
  const day = studyDay === null ? "undated" : isoDay(studyDay);
  const study = `${day} ${names.short(studyUid)}`;
  const minutes = facts.studyMinutes;
  return {
    path: `${patient ?? "unknown"}/${study.replace(" ", "-")}/${names.short(`${facts.sopUid} ${film.pixelSha256}`)}.dcm`,
    patient,
    study,
    // By day, and by time of day within it, which is kept nowhere else.
    sequence: studyDay === null ? 0 : studyDay * 1440 + minutes,
    dayOffset: studyDay,
    view: facts.view,
    sex: facts.sex,
    age: facts.age,
    labels: ".".repeat(findings),
    extra: {
      Modality: textOf(kept, "00080060"),
      "Photometric interpretation": textOf(kept, "00280004"),
      "Bits stored": String(film.bitDepth),
      "Pixel spacing": textOf(kept, "00280030") || textOf(kept, "00181164"),
      "Transfer syntax": syntax,
    },
  };
}

function textOf(kept: ReadDicom["kept"], tag: string): string {
  return (kept[tag]?.Value ?? []).join(" × ");
}
