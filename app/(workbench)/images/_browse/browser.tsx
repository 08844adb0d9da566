"use client";

import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { Button, LinkButton } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { Notice } from "@/app/_components/notice";
import type { BrowseCounts, ImagePage, SortOrder } from "@/server/images/browse/schema";
import { searchOfFilters } from "@/server/images/browse/search";
import { SideFilm } from "../_film/side-film";
import { BrowserHeader } from "./browser-header";
import { FilterColumn } from "./filter-column";
import { ImageGrid } from "./image-grid";
import { ImageTable } from "./image-table";
import { PageStore } from "./page-store";
import type { Abilities, ShownFinding, SplitChoice } from "./types";
import { useImageKeys } from "./use-image-keys";
import { useSearch } from "./use-search";

type Props = {
  counts: BrowseCounts;
  first: ImagePage;
  /** The selection that `counts` and `first` belong to. */
  loaded: { readonly search: string; readonly sort: SortOrder };
  splits: readonly SplitChoice[] | null;
  findings: readonly ShownFinding[];
  may: Abilities;
};

/** Filters at the left, images in the middle, the chosen film at the right. */
export function Browser({ counts, first, loaded, splits, findings, may }: Props) {
  const search = useSearch();
  const store = useMemo(() => {
    const query = new URLSearchParams(loaded.search);
    query.set("sort", loaded.sort);
    return new PageStore(query.toString(), first);
  }, [loaded.search, loaded.sort, first]);
  useSyncExternalStore(store.subscribe, store.version, store.version);
  const [step, setStep] = useState(1);
  const place = search.image === null ? undefined : store.placeOf(search.image);
  const chosen = findings.filter(({ name }) =>
    search.filters.findings.some(({ finding }) => finding === name),
  );

  useImageKeys({ place, step, count: counts.total, store, onChoose: search.setImage });
  // The neighbours of the chosen image are there before an arrow asks for them.
  useEffect(() => {
    if (place !== undefined) store.want(Math.max(0, place - step), Math.min(counts.total - 1, place + step));
  }, [place, step, store, counts.total]);

  const list = { store, count: counts.total, place, selected: search.image, onChoose: search.setImage };
  return (
    <div
      className={`-m-5 grid h-[calc(100%+40px)] ${
        search.image === null
          ? "grid-cols-[304px_minmax(0,1fr)]"
          : "grid-cols-[304px_minmax(0,1fr)_minmax(360px,28vw)]"
      }`}
    >
      <FilterColumn
        facets={counts.facets}
        filters={search.filters}
        onChange={search.setFilters}
        splits={splits}
        findings={findings}
      />
      <section aria-label="Images" className="flex min-h-0 min-w-0 flex-col">
        <BrowserHeader
          counts={counts}
          search={search}
          findings={findings}
          may={may}
          query={searchOfFilters(search.filters)}
        />
        {store.failure ? (
          <div className="px-4 pb-2">
            <Notice
              tone="error"
              action={
                <Button size="sm" onPress={() => store.retry()}>
                  Try again
                </Button>
              }
            >
              {store.failure}
            </Notice>
          </div>
        ) : null}
        <div
          className={`min-h-0 flex-1 transition-opacity ${search.pending ? "opacity-50" : ""}`}
          aria-busy={search.pending}
        >
          {counts.total === 0 ? (
            <div className="p-4">
              <EmptyState
                title="No image passes these filters"
                text="Take one filter away: the counts beside the others tell how many it would leave."
                action={<LinkButton href="/images">Show all images</LinkButton>}
              />
            </div>
          ) : search.mode === "grid" ? (
            <ImageGrid {...list} findings={findings} marked={chosen} onColumns={setStep} />
          ) : (
            <ImageTable
              {...list}
              findings={chosen.length > 0 ? chosen : findings}
              sort={search.sort}
              onSort={search.setSort}
              seesLabels={may.labels}
              onColumns={setStep}
            />
          )}
        </div>
      </section>
      {search.image === null ? null : (
        <SideFilm
          id={search.image}
          findings={findings}
          place={place}
          count={counts.total}
          onClose={() => search.setImage(null)}
          onStep={(by) => {
            const next = place === undefined ? undefined : store.at(place + by);
            if (next) search.setImage(next.id);
          }}
        />
      )}
    </div>
  );
}
