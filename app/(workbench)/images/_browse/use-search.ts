"use client";

import { createParser, parseAsInteger, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useTransition } from "react";
import { type ImageFilters, sortOrders } from "@/server/images/browse/schema";
import {
  filtersOfState,
  type SearchCodec,
  type SearchState,
  searchCodecs,
  stateOfFilters,
} from "@/server/images/browse/search";

export const modes = ["grid", "table"] as const;
export type Mode = (typeof modes)[number];

// The page's own codecs, so that the server and the browser read one address alike.
const parserOf = <Value>(codec: SearchCodec<Value>) =>
  createParser<NonNullable<Value>>({
    parse: (text) => (codec.read(text) ?? null) as NonNullable<Value> | null,
    serialize: (value) => codec.write(value),
  });

const filterKeys = {
  dataset: parserOf(searchCodecs.dataset),
  finding: parserOf(searchCodecs.finding),
  view: parserOf(searchCodecs.view),
  sex: parserOf(searchCodecs.sex),
  age: parserOf(searchCodecs.age),
  split: parserOf(searchCodecs.split),
  part: parserOf(searchCodecs.part),
  read: parserOf(searchCodecs.read),
  film: parserOf(searchCodecs.film),
  q: parserOf(searchCodecs.q),
  sort: parseAsStringLiteral(sortOrders).withDefault("id"),
};

const viewKeys = {
  mode: parseAsStringLiteral(modes).withDefault("grid"),
  image: parseAsInteger,
};

/**
 * The page's state as its address holds it. Filters and order are counted by the server (`pending` while it
 * does); mode and the chosen image are the browser's own.
 */
export function useSearch() {
  const [pending, startTransition] = useTransition();
  const [query, setQuery] = useQueryStates(filterKeys, { shallow: false, history: "push", startTransition });
  const [view, setView] = useQueryStates(viewKeys, { shallow: true, history: "replace" });
  const { sort, ...chosen } = query;
  const filters = filtersOfState({
    ...chosen,
    dataset: chosen.dataset ?? [],
    finding: chosen.finding ?? [],
    view: chosen.view ?? [],
    sex: chosen.sex ?? [],
    part: chosen.part ?? [],
    read: chosen.read ?? [],
    q: chosen.q ?? "",
  });
  return {
    filters,
    sort,
    pending,
    mode: view.mode,
    image: view.image,
    setFilters: (next: ImageFilters) => void setQuery(asQuery(stateOfFilters(next))),
    setSort: (next: (typeof sortOrders)[number]) => void setQuery({ sort: next }),
    setMode: (mode: Mode) => void setView({ mode }),
    setImage: (image: number | null) => void setView({ image }),
  };
}

/** What is empty leaves the address. */
function asQuery(state: SearchState) {
  const listed = <Value>(values: readonly Value[]) => (values.length === 0 ? null : values);
  const { dataset, view, sex, part, read } = state;
  return {
    dataset: listed(dataset),
    finding: state.finding.length === 0 ? null : state.finding,
    view: listed(view),
    sex: listed(sex),
    age: state.age,
    split: state.split,
    part: listed(part),
    read: listed(read),
    film: state.film,
    q: state.q === "" ? null : state.q,
  };
}
