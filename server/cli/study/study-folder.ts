import { access, mkdir, mkdtemp, readFile, rmdir } from "node:fs/promises";
import path from "node:path";
import { fail, messageOf, ok, type Result } from "@/server/lib/errors";
import { type Publication, parsePublication } from "@/server/training/study/publication";

/** Where the parts of the published study lie below its data folder. */
export type StudyFolder = {
  readonly chexpert: string;
  readonly covid: string;
  readonly table: string;
  /** What was published; null where the folder does not say. */
  readonly publication: Publication | null;
};

/** Finds the parts of the study. Errors: not-found (names what is missing), invalid (the publication's tables). */
export async function openStudyFolder(data: string): Promise<Result<StudyFolder>> {
  const place = (...names: string[]) => path.join(path.resolve(data), ...names);
  const folder = {
    chexpert: place("chexpert", "CheXpert-v1.0-small"),
    covid: place("covid-chestxray-dataset"),
    table: place("published-study.csv"),
  };
  for (const needed of Object.values(folder)) {
    if (!(await isThere(needed)))
      return fail("not-found", `${needed} is not there: the study cannot be made without it.`);
  }
  const [results, grid] = [place("published-results.md"), place("published-grid-top25.csv")];
  if (!(await isThere(results)) || !(await isThere(grid))) return ok({ ...folder, publication: null });
  const publication = parsePublication(await readFile(results, "utf8"), await readFile(grid, "utf8"));
  return publication.ok ? ok({ ...folder, publication: publication.value }) : publication;
}

/**
 * Makes the folder of the report and tries whether files can be put there: it is a quarter of an hour until the
 * report would find out. Errors: invalid (it cannot be made, or written to).
 */
export async function makeOutFolder(out: string): Promise<Result<string>> {
  const folder = path.resolve(out);
  try {
    await mkdir(folder, { recursive: true });
    const trial = await mkdtemp(path.join(folder, ".overread-"));
    await rmdir(trial);
    return ok(folder);
  } catch (error) {
    return fail("invalid", `No report can be written to ${folder}: ${messageOf(error)}`);
  }
}

async function isThere(place: string): Promise<boolean> {
  return access(place).then(
    () => true,
    () => false,
  );
}
