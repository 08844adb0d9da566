"use client";

import { PartTag } from "@/app/_components/part-tag";
import { type Facets, type ImageFilters, splitParts } from "@/server/images/browse/schema";
import { full } from "./counts-text";
import type { SplitChoice } from "./types";

type Props = {
  splits: readonly SplitChoice[];
  parts: Facets["parts"];
  chosen: ImageFilters["split"];
  onChange: (chosen: ImageFilters["split"]) => void;
};

/** One split, and of it all parts or some. */
export function SplitFilter({ splits, parts, chosen, onChange }: Props) {
  return (
    <div className="px-1">
      <select
        aria-label="Split"
        value={chosen?.id ?? ""}
        onChange={(event) =>
          onChange(event.target.value === "" ? null : { id: Number(event.target.value), parts: [] })
        }
        className="mb-1 h-7 w-full cursor-pointer rounded-md border border-line bg-bg px-1.5 text-text"
      >
        <option value="">Any image</option>
        {splits.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      {chosen
        ? splitParts.map((part) => {
            const ticked = chosen.parts.includes(part);
            const rest = chosen.parts.filter((one) => one !== part);
            return (
              <label
                key={part}
                className="flex h-6 cursor-pointer items-center gap-2 rounded-sm hover:bg-raise"
              >
                <input
                  type="checkbox"
                  checked={ticked}
                  onChange={() => onChange({ id: chosen.id, parts: ticked ? rest : [...rest, part] })}
                  className="size-3.5 cursor-pointer accent-[var(--accent)]"
                />
                <PartTag part={part} />
                <span className="ml-auto text-[12px] text-dim tabular-nums">
                  {full(parts?.find(({ value }) => value === part)?.images ?? 0)}
                </span>
              </label>
            );
          })
        : null}
    </div>
  );
}
