import type { PriorStudy, RoomFilm, RoomStudy } from "@/server/reading/schema";

export const layouts = [1, 2, 4] as const;
/** Films of one study that are fetched ahead. */
const mostAhead = 4;
export type Layout = (typeof layouts)[number];

/** A film in its place. */
export type Hung = {
  readonly film: RoomFilm;
  /** The earlier study that it is of; null for the study that is read. */
  readonly prior: PriorStudy | null;
  /** The film that is read: findings, keys and regions are about it. */
  readonly current: boolean;
};

export type Choice = {
  readonly layout: Layout;
  /** Place of the current film among the study's, and of the prior among the earlier studies, from 0. */
  readonly at: number;
  readonly prior: number;
  /** Current and prior have changed places. */
  readonly swapped: boolean;
};

/**
 * Which film hangs where, left to right, oldest to newest, the current one last; swapped, the first and the last
 * change places. Priors turn with the current film: the same view where there is one. In a layout of one the
 * swap shows the prior in the current film's place.
 */
export function hanging(study: RoomStudy, { layout, at, prior, swapped }: Choice): readonly Hung[] {
  const film = study.images[at];
  if (!film) return [];
  const current: Hung = { film, prior: null, current: true };
  const chosen = study.priors[prior];
  const beside = chosen ? hungPrior(chosen, film, at) : null;
  if (layout === 1) return [swapped && beside ? beside : current];
  const others = layout === 2 && beside ? [beside] : othersOf(study, film, at, layout - 1, beside);
  const row = [...others, current];
  const first = row[0];
  return swapped && first && row.length > 1 ? [current, ...row.slice(1, -1), first] : row;
}

/** The layout that a study begins with: a prior beside the current film where there is one. */
export function firstLayout(study: RoomStudy): Layout {
  return study.priors.length > 0 ? 2 : 1;
}

/** The films that hang when a study comes up: fetched while the study before it is read. */
export function firstFilms(study: RoomStudy): readonly number[] {
  const first = { layout: firstLayout(study), at: 0, prior: 0, swapped: false };
  const others = study.images.map((film) => ({ film }));
  const films = [...hanging(study, first), ...others]
    .filter(({ film }) => film.here)
    .map(({ film }) => film.id);
  return [...new Set(films)].slice(0, mostAhead);
}

/** Priors first, the chosen one always, then the study's other films; in the order of time. */
function othersOf(
  study: RoomStudy,
  film: RoomFilm,
  at: number,
  most: number,
  chosen: Hung | null,
): readonly Hung[] {
  const rest = study.priors
    .filter((prior) => prior !== chosen?.prior)
    .map((prior) => hungPrior(prior, film, at));
  const priors = [chosen, ...rest].filter((one) => one !== null).slice(0, most);
  const own = study.images
    .filter((one) => one !== film && one.here)
    .slice(0, most - priors.length)
    .map((one): Hung => ({ film: one, prior: null, current: false }));
  const oldestFirst = priors.sort((a, b) => (a.prior?.number ?? 0) - (b.prior?.number ?? 0));
  return [...oldestFirst, ...own];
}

function hungPrior(prior: PriorStudy, like: RoomFilm, at: number): Hung | null {
  const film =
    prior.images.find(({ view }) => view === like.view) ?? prior.images[at] ?? prior.images.at(-1) ?? null;
  return film && { film, prior, current: false };
}
