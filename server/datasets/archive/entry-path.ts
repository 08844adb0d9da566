import { refuseArchive } from "./limits";

const longestPath = 1024;

/**
 * An entry's path as one below the folder that the archive is unpacked to, with `/` between its steps.
 * @throws ExpectedFailure("invalid") for a path that is absolute, climbs, or could mean something else on
 * another system: one bad name and the whole archive is not trusted
 */
export function entryPath(name: string): string {
  const shown = JSON.stringify(name.slice(0, 120));
  if (name.length > longestPath) throw refuseArchive(`the path ${shown}… is too long`);
  if (name.startsWith("/") || /^[a-z]:/i.test(name)) throw refuseArchive(`the path ${shown} is absolute`);
  const steps = name.split("/").filter((step) => step !== "" && step !== ".");
  if (steps.includes("..")) throw refuseArchive(`the path ${shown} leads out of it`);
  if (steps.some((step) => hasForbiddenCharacter(step) || step.length > 255)) {
    throw refuseArchive(`the path ${shown} is no file name`);
  }
  return steps.join("/");
}

/** Backslashes separate folders on Windows; control characters are in no honest name. */
function hasForbiddenCharacter(step: string): boolean {
  return [...step].some((character) => character === "\\" || character < " " || character === "\x7f");
}

/**
 * Whether an import has any use for a file: tables and films. Everything else stays packed. DICOM files are called
 * by an ending, by a UID, or by a name without any ending (PS3.10, 8.5).
 */
export function isWanted(path: string): boolean {
  if (/(^|\/)(__MACOSX\/|\._)/.test(path)) return false;
  return /\.(csv|csv\.gz|jpe?g|png|dcm|dicom|ima)$/i.test(path) || /(^|\/)([^/.]+|[\d.]+)$/.test(path);
}
