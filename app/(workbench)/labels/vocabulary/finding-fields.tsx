"use client";

import { CheckboxField, SelectField, TextField } from "@/app/_components/field";
import type { ListedFinding } from "@/server/labels/vocabulary";
import { reservedLetters } from "@/server/labels/vocabulary-schema";

export type FindingForm = {
  readonly name: string;
  readonly shortName: string;
  readonly key: string;
  readonly parent: number | null;
  readonly retired: boolean;
};

type Props = {
  findings: readonly ListedFinding[];
  finding: ListedFinding | null;
  form: FindingForm;
  onChange(form: FindingForm): void;
};

const nothing = "none";

/** What can be said of a finding; the name only of a new one. */
export function FindingFields({ findings, finding, form, onChange }: Props) {
  const parents = findings.filter(({ retired, position }) => !retired && position !== finding?.position);
  return (
    <>
      {finding === null ? (
        <TextField
          label="Name"
          value={form.name}
          maxLength={60}
          autoFocus
          onChange={(name) => onChange({ ...form, name })}
          description="In tables, rules and exports. It cannot be changed later."
        />
      ) : null}
      <div className="grid grid-cols-[minmax(0,1fr)_110px] gap-3">
        <TextField
          label="Shown as"
          value={form.shortName}
          maxLength={24}
          placeholder={form.name}
          onChange={(shortName) => onChange({ ...form, shortName })}
        />
        <TextField
          label="Key"
          value={form.key}
          maxLength={1}
          placeholder="none"
          onChange={(key) => onChange({ ...form, key: key.toUpperCase() })}
        />
      </div>
      <p className="text-[12px] text-dim">{freeLetters(findings, finding)}</p>
      <SelectField
        label="Kind of"
        value={form.parent === null ? nothing : String(form.parent)}
        options={[
          { value: nothing, label: "Nothing" },
          ...parents.map(({ position, name }) => ({ value: String(position), label: name })),
        ]}
        onChange={(value) => onChange({ ...form, parent: value === nothing ? null : Number(value) })}
      />
      {finding === null ? null : (
        <CheckboxField
          label="Retired"
          isSelected={form.retired}
          onChange={(retired) => onChange({ ...form, retired })}
          description="No longer offered to readers; labels that mention it stay."
        />
      )}
    </>
  );
}

function freeLetters(findings: readonly ListedFinding[], own: ListedFinding | null): string {
  const taken = new Set(
    findings.filter((one) => !one.retired && one.position !== own?.position).map(({ key }) => key),
  );
  const free = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].filter(
    (letter) => !taken.has(letter) && !reservedLetters.includes(letter),
  );
  return free.length === 0 ? "No letter is free." : `Free letters: ${free.join(" ")}. It may also have none.`;
}
