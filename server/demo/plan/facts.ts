import type { Drawn, LabelError, PlannedFilm } from "./film";

type SourceFacts = {
  readonly images: number;
  readonly frontals: number;
  readonly patients: number;
  readonly studies: number;
};

type FilmName = Pick<PlannedFilm, "source" | "path" | "patient">;

type ClassFacts = {
  readonly images: number;
  readonly patients: number;
  /** Share of the images whose patient has another image in the cohort. */
  readonly inMultiImagePatients: number;
};

/** What was planted: the answers that the demo's pages should come to. */
export type DemoFacts = {
  readonly sources: { readonly chexpert: SourceFacts; readonly covid: SourceFacts };
  readonly cohort: { readonly covid: ClassFacts; readonly nonCovid: ClassFacts };
  /** Pairs with the same decoded pixels under two patients. */
  readonly duplicates: readonly { readonly original: FilmName; readonly copy: FilmName }[];
  readonly labelErrors: readonly LabelError[];
  readonly drawn: readonly Drawn[];
};

export function factsOf(films: readonly PlannedFilm[], labelErrors: readonly LabelError[]): DemoFacts {
  const cohort = films.filter((film) => film.frontal);
  const byPath = new Map(films.map((film) => [film.path, film]));
  return {
    sources: {
      chexpert: sourceFacts(films.filter((film) => film.source === "chexpert")),
      covid: sourceFacts(films.filter((film) => film.source === "covid-chestxray-dataset")),
    },
    cohort: {
      covid: classFacts(cohort.filter((film) => film.group === "covid")),
      nonCovid: classFacts(cohort.filter((film) => film.group === "non-covid")),
    },
    duplicates: films.flatMap((copy) => {
      const original = copy.copyOf === undefined ? undefined : byPath.get(copy.copyOf);
      return original ? [{ original: nameOf(original), copy: nameOf(copy) }] : [];
    }),
    labelErrors,
    drawn: films.map(({ source, path, spec }) => ({ source, path, findings: spec.findings ?? {} })),
  };
}

function sourceFacts(films: readonly PlannedFilm[]): SourceFacts {
  return {
    images: films.length,
    frontals: films.filter((film) => film.frontal).length,
    patients: new Set(films.map((film) => film.patient)).size,
    studies: new Set(films.map((film) => `${film.patient}/${film.study}`)).size,
  };
}

function classFacts(films: readonly PlannedFilm[]): ClassFacts {
  const counts = Map.groupBy(films, (film) => `${film.source} ${film.patient}`);
  const shared = films.filter((film) => (counts.get(`${film.source} ${film.patient}`)?.length ?? 0) > 1);
  return {
    images: films.length,
    patients: counts.size,
    inMultiImagePatients: films.length === 0 ? 0 : shared.length / films.length,
  };
}

function nameOf({ source, path, patient }: PlannedFilm): FilmName {
  return { source, path, patient };
}
