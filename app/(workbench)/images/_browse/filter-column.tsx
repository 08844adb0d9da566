"use client";

import type { Facets, ImageFilters } from "@/server/images/browse/schema";
import { filmWords, readWords, sexWords } from "./active-filters";
import { AgeFilter } from "./age-filter";
import { FilterGroup } from "./filter-group";
import { FindingFilter } from "./finding-filter";
import { SplitFilter } from "./split-filter";
import { TextFilter } from "./text-filter";
import type { ShownFinding, SplitChoice } from "./types";
import { ValueFilter } from "./value-filter";

type Props = {
  facets: Facets;
  filters: ImageFilters;
  onChange: (filters: ImageFilters) => void;
  splits: readonly SplitChoice[] | null;
  findings: readonly ShownFinding[];
};

/** Every filter with the number of images beside each value. */
export function FilterColumn({ facets, filters, onChange, splits, findings }: Props) {
  const change = (part: Partial<ImageFilters>) => onChange({ ...filters, ...part });
  const { film } = filters;
  return (
    <aside
      aria-label="Filters"
      className="min-h-0 overflow-y-auto border-line border-r bg-panel px-3 pt-3 pb-6"
    >
      <TextFilter text={filters.text} onChange={(text) => change({ text })} />
      <FilterGroup title="Dataset" active={filters.datasets.length}>
        <ValueFilter
          counts={facets.datasets}
          chosen={filters.datasets}
          onChange={(datasets) => change({ datasets })}
        />
      </FilterGroup>
      {facets.findings ? (
        <FilterGroup title="Finding" active={filters.findings.length}>
          <FindingFilter
            counts={facets.findings}
            findings={findings}
            chosen={filters.findings}
            onChange={(chosen) => change({ findings: chosen })}
          />
        </FilterGroup>
      ) : (
        <p className="border-line border-t py-3 text-[12px] text-dim leading-4">
          Labels are hidden from readers, so that reads stay blind.
        </p>
      )}
      <FilterGroup title="View" active={filters.views.length}>
        <ValueFilter counts={facets.views} chosen={filters.views} onChange={(views) => change({ views })} />
      </FilterGroup>
      <FilterGroup title="Sex" active={filters.sexes.length}>
        <ValueFilter
          counts={facets.sexes}
          chosen={filters.sexes}
          words={(sex) => sexWords[sex]}
          onChange={(sexes) => change({ sexes })}
        />
      </FilterGroup>
      <FilterGroup title="Age" active={filters.age === null ? 0 : 1}>
        <AgeFilter ages={facets.ages} range={filters.age} onChange={(age) => change({ age })} />
      </FilterGroup>
      {splits && splits.length > 0 ? (
        <FilterGroup title="Split" active={filters.split === null ? 0 : 1}>
          <SplitFilter
            splits={splits}
            parts={facets.parts}
            chosen={filters.split}
            onChange={(split) => change({ split })}
          />
        </FilterGroup>
      ) : null}
      <FilterGroup title="Reading" active={filters.readStates.length}>
        <ValueFilter
          counts={facets.readStates}
          chosen={filters.readStates}
          words={(state) => readWords[state]}
          onChange={(readStates) => change({ readStates })}
        />
      </FilterGroup>
      <FilterGroup title="Film" active={film === null ? 0 : 1}>
        <ValueFilter
          counts={facets.films}
          chosen={film === null ? [] : [film]}
          words={(state) => filmWords[state]}
          // One of two: choosing both is choosing neither.
          onChange={(chosen) => change({ film: chosen.find((state) => state !== film) ?? null })}
        />
      </FilterGroup>
    </aside>
  );
}
