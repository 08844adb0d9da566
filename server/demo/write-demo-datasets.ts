import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { stringify } from "csv-stringify/sync";
import { chexpertFolder, planChexpert } from "./plan/chexpert-plan";
import { chexpertTable } from "./plan/chexpert-table";
import { covidFolder, planCovid } from "./plan/covid-plan";
import { covidTable } from "./plan/covid-table";
import { type DemoFacts, factsOf } from "./plan/facts";
import type { PlannedFilm } from "./plan/film";
import { writeFilms } from "./write-films";

export type DemoOptions = {
  /** Films of both sources together, about a quarter of them from the covid source; at least 40. */
  readonly images: number;
  readonly seed: number;
  onProgress?(done: number, total: number): void;
};

export type DemoDatasets = {
  /** Folder in CheXpert's layout. */
  readonly chexpert: string;
  /** Folder in covid-chestxray-dataset's layout. */
  readonly covid: string;
  readonly cohortCsv: string;
  readonly facts: DemoFacts;
};

/**
 * Writes two drawn datasets in the layouts of CheXpert and covid-chestxray-dataset, and a cohort of their
 * frontal films. The same options give byte-identical tables and pixel-identical films.
 *
 * @throws {RangeError} for fewer than 40 images, which could not show every state of every finding
 */
export async function writeDemoDatasets(folder: string, options: DemoOptions): Promise<DemoDatasets> {
  const { images, seed, onProgress } = options;
  if (!Number.isInteger(images) || images < 40)
    throw new RangeError(`The demo takes 40 images or more, not ${images}.`);
  const fromCovid = Math.round(images / 4);
  const chexpert = planChexpert(images - fromCovid, seed);
  const covid = planCovid(fromCovid, seed, chexpert.films);
  const films: readonly PlannedFilm[] = [...chexpert.films, ...covid.films];
  await writeFilms(folder, films, (done) => onProgress?.(done, films.length));
  const cohortCsv = path.join(folder, "cohort.csv");
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, chexpertFolder, "train.csv"), chexpertTable(chexpert.films));
  await writeFile(path.join(folder, covidFolder, "metadata.csv"), covidTable(covid.films, seed));
  await writeFile(cohortCsv, cohortTable(films));
  return {
    chexpert: path.join(folder, chexpertFolder),
    covid: path.join(folder, covidFolder),
    cohortCsv,
    facts: factsOf(films, [...chexpert.errors, ...covid.errors]),
  };
}

function cohortTable(films: readonly PlannedFilm[]): string {
  const rows = films.filter((film) => film.frontal).map((film) => [film.source, film.path, film.group]);
  return stringify([["dataset", "path", "class"], ...rows]);
}
