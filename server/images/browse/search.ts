import { labelStates } from "@/server/labels/states";
import {
  type FilmState,
  filmStates,
  type ImageFilters,
  imageFilters,
  type ReadState,
  readStates,
  type Sex,
  type SplitPart,
  sexes,
  splitParts,
} from "./schema";

/** Filters as the parts of a URL's query: `?dataset=chexpert&finding=Pneumonia:uncertain.positive&age=40-65`. */
export type SearchState = {
  readonly dataset: readonly string[];
  readonly finding: ImageFilters["findings"];
  readonly view: readonly string[];
  readonly sex: readonly Sex[];
  readonly age: ImageFilters["age"];
  readonly split: number | null;
  readonly part: readonly SplitPart[];
  readonly read: readonly ReadState[];
  readonly film: FilmState | null;
  readonly q: string;
};

/** How one key is read and written. Reading gives null for what it does not understand. */
export type SearchCodec<Value> = {
  read(text: string): Value | null;
  /** Empty where nothing is chosen: the key is left out. */
  write(value: Value): string;
};

export const searchCodecs: { readonly [Key in keyof SearchState]: SearchCodec<SearchState[Key]> } = {
  dataset: list((text) => text),
  finding: { read: readFindings, write: writeFindings },
  view: list((text) => text),
  sex: list(oneOf(sexes)),
  age: { read: readAge, write: (age) => (age === null ? "" : `${age.from ?? ""}-${age.to ?? ""}`) },
  split: { read: (text) => (/^\d{1,15}$/.test(text) ? Number(text) : null), write: (id) => `${id ?? ""}` },
  part: list(oneOf(splitParts)),
  read: list(oneOf(readStates)),
  film: { read: oneOf(filmStates), write: (film) => film ?? "" },
  q: { read: (text) => text, write: (text) => text.trim() },
};

/** The filters that a page's query asks for; keys that say nothing understandable are as if absent. */
export function filtersOfSearch(
  params: Readonly<Record<string, string | string[] | undefined>>,
): ImageFilters {
  const read = <Key extends keyof SearchState>(key: Key): SearchState[Key] | null => {
    const text = params[key];
    return typeof text === "string" && text !== "" ? searchCodecs[key].read(text) : null;
  };
  return filtersOfState({
    dataset: read("dataset") ?? [],
    finding: read("finding") ?? [],
    view: read("view") ?? [],
    sex: read("sex") ?? [],
    age: read("age"),
    split: read("split"),
    part: read("part") ?? [],
    read: read("read") ?? [],
    film: read("film"),
    q: read("q") ?? "",
  });
}

/** A query string without `?` that `filtersOfSearch` reads back. */
export function searchOfFilters(filters: ImageFilters): string {
  const state = stateOfFilters(filters);
  const params = new URLSearchParams();
  const write = <Key extends keyof SearchState>(key: Key) => {
    const text = searchCodecs[key].write(state[key]);
    if (text !== "") params.set(key, text);
  };
  for (const key of Object.keys(searchCodecs) as (keyof SearchState)[]) write(key);
  return params.toString();
}

export function filtersOfState(state: SearchState): ImageFilters {
  const parsed = imageFilters.safeParse({
    datasets: state.dataset,
    findings: state.finding,
    views: state.view,
    sexes: state.sex,
    age: state.age,
    split: state.split === null || state.split === 0 ? null : { id: state.split, parts: state.part },
    readStates: state.read,
    film: state.film,
    text: state.q,
  });
  return parsed.success ? parsed.data : imageFilters.parse({});
}

export function stateOfFilters(filters: ImageFilters): SearchState {
  return {
    dataset: filters.datasets,
    finding: filters.findings,
    view: filters.views,
    sex: filters.sexes,
    age: filters.age,
    split: filters.split?.id ?? null,
    part: filters.split?.parts ?? [],
    read: filters.readStates,
    film: filters.film,
    q: filters.text,
  };
}

/** Whether nothing is filtered. */
export function isUnfiltered(filters: ImageFilters): boolean {
  return searchOfFilters(filters) === "";
}

function oneOf<Value extends string>(values: readonly Value[]): (text: string) => Value | null {
  return (text) => values.find((value) => value === text) ?? null;
}

/** Values between commas; a comma inside a value is written as %2C before the URL's own encoding. */
function list<Value extends string>(read: (text: string) => Value | null): SearchCodec<readonly Value[]> {
  return {
    read: (text) =>
      text
        .split(",")
        .filter((item) => item !== "")
        .map((item) => read(item.replaceAll("%2C", ",").replaceAll("%25", "%")))
        .filter((value) => value !== null),
    write: (values) => values.map(escaped).join(","),
  };
}

function escaped(value: string): string {
  return value.replaceAll("%", "%25").replaceAll(",", "%2C");
}

function readFindings(text: string): ImageFilters["findings"] | null {
  const items = list((item) => item).read(text) ?? [];
  const byFinding = new Map(
    items.map((item) => {
      const colon = item.lastIndexOf(":");
      const states = item
        .slice(colon + 1)
        .split(".")
        .map(oneOf(labelStates))
        .filter((state) => state !== null);
      return [item.slice(0, colon), states] as const;
    }),
  );
  return [...byFinding]
    .filter(([finding, states]) => finding !== "" && states.length > 0)
    .map(([finding, states]) => ({ finding, states: [...new Set(states)] }));
}

function writeFindings(findings: ImageFilters["findings"]): string {
  return findings.map(({ finding, states }) => escaped(`${finding}:${states.join(".")}`)).join(",");
}

function readAge(text: string): ImageFilters["age"] {
  const match = /^(\d{0,3})-(\d{0,3})$/.exec(text);
  if (!match || text === "-") return null;
  const years = (digits: string | undefined) => (digits ? Number(digits) : null);
  return { from: years(match[1]), to: years(match[2]) };
}
