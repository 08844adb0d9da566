"use client";

import type { Count, ImageFilters } from "@/server/images/browse/schema";
import { oldestAge } from "@/server/images/browse/schema";
import { bandsOf } from "./age-bands";
import { images } from "./counts-text";

type Range = ImageFilters["age"];
type Props = {
  ages: readonly Count<number | null>[];
  range: Range;
  onChange: (range: Range) => void;
};

/** Ten-year bands to press, and the exact range in numbers. */
export function AgeFilter({ ages, range, onChange }: Props) {
  const bands = bandsOf(ages);
  const most = Math.max(1, ...bands.map((band) => band.images));
  const unknown = ages.find(({ value }) => value === null)?.images ?? 0;
  return (
    <div className="px-1">
      <div className="flex h-12 items-end gap-px">
        {bands.map((band) => {
          const inside =
            range !== null && (range.from ?? 0) <= band.to && (range.to ?? oldestAge) >= band.from;
          const only = range?.from === band.from && range.to === band.to;
          return (
            <button
              key={band.from}
              type="button"
              aria-pressed={only}
              aria-label={`${band.words} years, ${images(band.images)}`}
              title={`${band.words} years: ${images(band.images)}`}
              onClick={() => onChange(only ? null : { from: band.from, to: band.to })}
              className="group flex h-full flex-1 cursor-pointer items-end rounded-t-[2px] hover:bg-raise"
            >
              <span
                className={`w-full rounded-t-[2px] ${inside ? "bg-accent" : "bg-line group-hover:bg-faint"}`}
                style={{ height: `${Math.max(band.images > 0 ? 4 : 1, (100 * band.images) / most)}%` }}
              />
            </button>
          );
        })}
      </div>
      <div
        aria-hidden
        className="flex justify-between border-line border-t pt-0.5 text-[11px] text-faint leading-4"
      >
        <span>0</span>
        <span>50</span>
        <span>100</span>
      </div>
      {/* Keyed by the range: what was typed and what the bars chose are one. */}
      <div key={`${range?.from} ${range?.to}`} className="mt-1 flex items-center gap-2 text-[12px] text-dim">
        <YearsField
          label="Youngest age"
          value={range?.from ?? null}
          onCommit={(from) => onChange(ranged(from, range?.to ?? null))}
        />
        to
        <YearsField
          label="Oldest age"
          value={range?.to ?? null}
          onCommit={(to) => onChange(ranged(range?.from ?? null, to))}
        />
        years
        {unknown > 0 ? (
          <span className="ml-auto text-faint">{unknown.toLocaleString("en-US")} unknown</span>
        ) : null}
      </div>
    </div>
  );
}

function ranged(from: number | null, to: number | null): Range {
  if (from === null && to === null) return null;
  return from !== null && to !== null && from > to ? { from: to, to: from } : { from, to };
}

function YearsField({
  label,
  value,
  onCommit,
}: {
  label: string;
  value: number | null;
  onCommit: (value: number | null) => void;
}) {
  const commit = (text: string) => {
    const years = text.trim() === "" ? null : Math.min(oldestAge, Math.max(0, Math.round(Number(text))));
    if (years !== value && !Number.isNaN(years)) onCommit(years);
  };
  return (
    <input
      type="text"
      inputMode="numeric"
      aria-label={label}
      defaultValue={value ?? ""}
      placeholder="any"
      onBlur={(event) => commit(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit(event.currentTarget.value);
      }}
      className="h-6 w-12 rounded-[5px] border border-line bg-bg px-1.5 text-text tabular-nums placeholder:text-faint"
    />
  );
}
