"use client";

import type { Count } from "@/server/images/browse/schema";
import { full } from "./counts-text";

type Props<Value extends string> = {
  counts: readonly Count<Value>[];
  chosen: readonly Value[];
  words?: (value: Value) => string;
  onChange: (chosen: Value[]) => void;
};

/** Values to tick, each with how many images it leaves. A value of nothing can still be unticked. */
export function ValueFilter<Value extends string>({ counts, chosen, words, onChange }: Props<Value>) {
  // A value from the address that no image has stays visible, so that it can be taken away.
  const missing = chosen
    .filter((value) => !counts.some((count) => count.value === value))
    .map((value) => ({ value, images: 0 }));
  return (
    <ul>
      {[...counts, ...missing].map(({ value, images }) => {
        const ticked = chosen.includes(value);
        const label = words ? words(value) : value;
        return (
          <li key={value}>
            <label
              className={`flex h-6 cursor-pointer items-center gap-2 rounded-sm px-1 hover:bg-raise ${
                images === 0 && !ticked ? "text-faint" : ""
              }`}
            >
              <input
                type="checkbox"
                checked={ticked}
                onChange={() => onChange(ticked ? chosen.filter((one) => one !== value) : [...chosen, value])}
                className="size-3.5 cursor-pointer accent-[var(--accent)]"
              />
              <span className="truncate" title={label}>
                {label}
              </span>
              <span className="ml-auto text-[12px] text-dim tabular-nums">{full(images)}</span>
            </label>
          </li>
        );
      })}
    </ul>
  );
}
