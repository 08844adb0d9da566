"use client";

import { X } from "lucide-react";
import { SelectField } from "@/app/_components/field";
import { StateDot } from "@/app/_components/state-dot";
import type { ImageFilters } from "@/server/images/browse/schema";
import { type LabelState, labelStates } from "@/server/labels/states";

type Conditions = ImageFilters["findings"];
type Props = {
  findings: readonly string[];
  conditions: Conditions;
  onChange: (conditions: Conditions) => void;
};

const none = "none";

/** Findings that an image must have, each with the states that pass. */
export function FindingConditions({ findings, conditions, onChange }: Props) {
  const free = findings.filter((finding) => !conditions.some((one) => one.finding === finding));
  const toggle = (finding: string, state: LabelState) =>
    onChange(
      conditions.flatMap((one) => {
        if (one.finding !== finding) return [one];
        const states = labelStates.filter((each) => one.states.includes(each) !== (each === state));
        return states.length === 0 ? [] : [{ finding, states }];
      }),
    );
  return (
    <div className="flex flex-col gap-2">
      {conditions.map(({ finding, states }) => (
        <fieldset key={finding} className="flex flex-wrap items-center gap-1.5">
          <legend className="sr-only">{finding}</legend>
          <span aria-hidden className="w-44 truncate">
            {finding}
          </span>
          {labelStates.map((state) => (
            <button
              key={state}
              type="button"
              aria-pressed={states.includes(state)}
              onClick={() => toggle(finding, state)}
              className={`inline-flex h-6 cursor-pointer items-center gap-1.5 rounded-full border px-2 text-[12px] ${
                states.includes(state) ? "border-accent text-text" : "border-line text-dim hover:bg-raise"
              }`}
            >
              <StateDot state={state} size={10} /> {state}
            </button>
          ))}
          <button
            type="button"
            aria-label={`Remove ${finding}`}
            onClick={() => onChange(conditions.filter((one) => one.finding !== finding))}
            className="grid size-6 cursor-pointer place-items-center rounded text-faint hover:bg-raise hover:text-text"
          >
            <X aria-hidden size={14} />
          </button>
        </fieldset>
      ))}
      <SelectField
        className="max-w-60"
        label="Finding"
        value={none}
        options={[
          { value: none, label: conditions.length === 0 ? "Any" : "And another…" },
          ...free.map((finding) => ({ value: finding, label: finding })),
        ]}
        onChange={(finding) => {
          if (finding !== none) onChange([...conditions, { finding, states: ["positive"] }]);
        }}
      />
    </div>
  );
}
