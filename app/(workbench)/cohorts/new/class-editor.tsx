"use client";

import { Trash2 } from "lucide-react";
import Link from "next/link";
import { Button } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { SelectField, TextField } from "@/app/_components/field";
import { type ImageFilters, oldestAge, sexes } from "@/server/images/browse/schema";
import { searchOfFilters } from "@/server/images/browse/search";
import { FindingConditions } from "./finding-conditions";
import type { RuleChoices, RuleClass } from "./rule-form";

type Props = {
  place: number;
  of: number;
  edited: RuleClass;
  choices: RuleChoices;
  onChange: (changed: RuleClass) => void;
  onRemove?: () => void;
};

const any = "any";
const sexNames = { F: "Female", M: "Male", unknown: "Unknown" } as const;

/** One class of a rule: its name and what an image must be to belong to it. */
export function ClassEditor({ place, of, edited, choices, onChange, onRemove }: Props) {
  const { where } = edited;
  const set = (change: Partial<ImageFilters>) => onChange({ ...edited, where: { ...where, ...change } });
  const query = searchOfFilters(where);
  return (
    <Card
      title={of === 2 && place === 0 ? "Class 1, the positive one" : `Class ${place + 1}`}
      aside={
        <span className="flex items-center gap-3">
          {query === "" ? <span>{place === 0 ? "every image" : "every image that is left"}</span> : null}
          <Link
            href={`/images?${query}`}
            target="_blank"
            className="hover:text-text hover:underline"
            prefetch={false}
          >
            See these images
          </Link>
          {onRemove ? (
            <Button
              size="sm"
              variant="ghost"
              label={`Remove class ${place + 1}`}
              icon={<Trash2 aria-hidden size={14} />}
              onPress={onRemove}
            />
          ) : null}
        </span>
      }
    >
      <div className="grid grid-cols-2 gap-3 xl:grid-cols-4">
        <TextField
          className="col-span-2"
          label="Name"
          value={edited.name}
          onChange={(name) => onChange({ ...edited, name })}
          maxLength={80}
          placeholder={`class ${place + 1}`}
        />
        <Age
          label="Age from"
          value={where.age?.from}
          onChange={(from) => set({ age: ageOf(from, where.age?.to) })}
        />
        <Age
          label="Age to"
          value={where.age?.to}
          onChange={(to) => set({ age: ageOf(where.age?.from, to) })}
        />
        <div className="col-span-full">
          <FindingConditions
            findings={choices.findings}
            conditions={where.findings}
            onChange={(findings) => set({ findings })}
          />
        </div>
        <OneOf
          label="Dataset"
          values={choices.datasets}
          chosen={where.datasets}
          onChange={(datasets) => set({ datasets })}
        />
        <OneOf
          label="View"
          values={choices.views}
          chosen={where.views}
          onChange={(views) => set({ views })}
        />
        <OneOf
          label="Sex"
          values={sexes}
          names={sexNames}
          chosen={where.sexes}
          onChange={(chosen) => set({ sexes: sexes.filter((sex) => chosen.includes(sex)) })}
        />
        <SelectField
          label="Film"
          value={where.film ?? any}
          options={[
            { value: any, label: "Any" },
            { value: "here", label: "Here" },
            { value: "absent", label: "Only the row" },
          ]}
          onChange={(value) => set({ film: value === "here" || value === "absent" ? value : null })}
        />
      </div>
    </Card>
  );
}

type OneOfProps<Value extends string> = {
  label: string;
  values: readonly Value[];
  names?: Readonly<Record<Value, string>>;
  chosen: readonly string[];
  onChange: (chosen: Value[]) => void;
};

/** One value or any; several at once come from the images page and stay until one is chosen here. */
function OneOf<Value extends string>({ label, values, names, chosen, onChange }: OneOfProps<Value>) {
  const several = chosen.length > 1 ? [{ value: "several", label: chosen.join(" or ") }] : [];
  return (
    <SelectField
      label={label}
      value={chosen.length > 1 ? "several" : (chosen[0] ?? any)}
      options={[
        { value: any, label: "Any" },
        ...several,
        ...values.map((value) => ({ value, label: names?.[value] ?? value })),
      ]}
      onChange={(value) => {
        if (value !== "several") onChange(values.filter((one) => one === value));
      }}
    />
  );
}

type AgeProps = { label: string; value: number | null | undefined; onChange: (value: number | null) => void };

function Age({ label, value, onChange }: AgeProps) {
  return (
    <TextField
      label={label}
      value={value === null || value === undefined ? "" : String(value)}
      maxLength={3}
      placeholder="any"
      onChange={(text) => {
        if (/^\d*$/.test(text)) onChange(text === "" ? null : Math.min(Number(text), oldestAge));
      }}
    />
  );
}

function ageOf(from: number | null | undefined, to: number | null | undefined): ImageFilters["age"] {
  const [low, high] = [from ?? null, to ?? null];
  return low === null && high === null ? null : { from: low, to: high };
}
