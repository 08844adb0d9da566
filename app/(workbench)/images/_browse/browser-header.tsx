"use client";

import { LayoutGrid, Rows3, X } from "lucide-react";
import { LinkButton } from "@/app/_components/button";
import { StateDot } from "@/app/_components/state-dot";
import type { BrowseCounts, ImageFilters, SortOrder } from "@/server/images/browse/schema";
import { activeFilters } from "./active-filters";
import { full, images } from "./counts-text";
import type { Abilities, ShownFinding } from "./types";
import { type Mode, modes, type useSearch } from "./use-search";

type Props = {
  counts: BrowseCounts;
  search: ReturnType<typeof useSearch>;
  findings: readonly ShownFinding[];
  may: Abilities;
  /** The filters as a query string, for what is made from them. */
  query: string;
};

const sortWords: Record<SortOrder, string> = {
  id: "As imported",
  youngest: "Youngest first",
  oldest: "Oldest first",
  uncertain: "Most uncertain first",
};

/** How many images from how many, what filters them, and what can be made from them. */
export function BrowserHeader({ counts, search, findings, may, query }: Props) {
  const { total, of, patients } = counts;
  const suffix = query === "" ? "" : `?${query}`;
  return (
    <header className="@container flex flex-col gap-2 px-4 pt-4 pb-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h1 className="font-semibold text-[20px] leading-7" aria-live="polite">
          {total === of ? images(of) : `${full(total)} of ${images(of)}`}
          <span className="font-normal text-dim">
            {" "}
            · {full(patients)} {patients === 1 ? "patient" : "patients"}
          </span>
        </h1>
        <div className="flex flex-wrap items-center gap-2">
          <SortChoice sort={search.sort} onSort={search.setSort} seesLabels={may.labels} />
          <ModeChoice mode={search.mode} onMode={search.setMode} />
          {may.worklists ? (
            <LinkButton href={`/reading/new${suffix}`}>
              <Words short="Worklist" long="Worklist from this" />
            </LinkButton>
          ) : null}
          {may.cohorts ? (
            <LinkButton href={`/cohorts/new${suffix}`} variant="primary">
              <Words short="Cohort" long="Cohort from this" />
            </LinkButton>
          ) : null}
        </div>
      </div>
      <ActiveFilters filters={search.filters} findings={findings} onChange={search.setFilters} />
    </header>
  );
}

/** The long words where the header has room for them. */
function Words({ short, long }: { short: string; long: string }) {
  return (
    <>
      <span className="@3xl:hidden">{short}</span>
      <span className="@3xl:inline hidden">{long}</span>
    </>
  );
}

function ActiveFilters({
  filters,
  findings,
  onChange,
}: {
  filters: ImageFilters;
  findings: readonly ShownFinding[];
  onChange: (filters: ImageFilters) => void;
}) {
  const active = activeFilters(filters, findings);
  if (active.length === 0) return null;
  return (
    <ul aria-label="Filters in force" className="flex flex-wrap gap-1.5">
      {active.map(({ key, words, states, without }) => (
        <li key={key}>
          <button
            type="button"
            onClick={() => onChange(without)}
            aria-label={`Remove filter ${words} ${states.join(" or ")}`.trimEnd()}
            className="inline-flex h-[22px] cursor-pointer items-center gap-1.5 whitespace-nowrap rounded-full border border-line bg-panel pr-1.5 pl-2.5 text-[12px] hover:bg-raise"
          >
            {words}
            {states.map((state) => (
              <StateDot key={state} state={state} size={10} />
            ))}
            <X aria-hidden size={12} className="text-faint" />
          </button>
        </li>
      ))}
    </ul>
  );
}

function SortChoice({
  sort,
  onSort,
  seesLabels,
}: {
  sort: SortOrder;
  onSort: (sort: SortOrder) => void;
  seesLabels: boolean;
}) {
  const orders = (Object.keys(sortWords) as SortOrder[]).filter((one) => seesLabels || one !== "uncertain");
  return (
    <select
      aria-label="Order"
      value={sort}
      onChange={(event) => {
        const chosen = orders.find((one) => one === event.target.value);
        if (chosen) onSort(chosen);
      }}
      className="h-7 w-[120px] cursor-pointer rounded-md border border-line bg-raise px-2 text-text"
    >
      {orders.map((one) => (
        <option key={one} value={one}>
          {sortWords[one]}
        </option>
      ))}
    </select>
  );
}

const modeLooks = {
  grid: { icon: LayoutGrid, words: "Grid" },
  table: { icon: Rows3, words: "Table" },
} as const;

function ModeChoice({ mode, onMode }: { mode: Mode; onMode: (mode: Mode) => void }) {
  return (
    <fieldset className="flex overflow-hidden rounded-md border border-line">
      <legend className="sr-only">Show images as</legend>
      {modes.map((one) => {
        const { icon: Icon, words } = modeLooks[one];
        return (
          <button
            key={one}
            type="button"
            aria-pressed={one === mode}
            aria-label={words}
            title={words}
            onClick={() => onMode(one)}
            className={`grid h-[26px] w-8 cursor-pointer place-items-center ${
              one === mode ? "bg-raise text-text" : "text-faint hover:text-text"
            }`}
          >
            <Icon aria-hidden size={16} />
          </button>
        );
      })}
    </fieldset>
  );
}
