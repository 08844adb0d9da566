"use client";

import { CheckboxField, SelectField, TextField } from "@/app/_components/field";
import type { EligibleReader } from "@/server/reading/chosen-readers";
import { priorityWords } from "./words";

type Props = {
  readers: readonly EligibleReader[];
  first: { readonly priority: number; readonly dueOn: string | null; readonly readers: readonly number[] };
};

/** When a worklist is due, how urgent it is, and whose it is; nobody chosen is everybody. */
export function MannerFields({ readers, first }: Props) {
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <TextField label="Due" name="dueOn" type="date" defaultValue={first.dueOn ?? ""} />
        <SelectField
          label="Priority"
          name="priority"
          defaultValue={String(first.priority)}
          options={[1, 0, -1].map((value) => ({ value: String(value), label: priorityWords[value] ?? "" }))}
        />
      </div>
      <fieldset>
        <legend className="mb-1 font-medium text-[13px]">Readers</legend>
        <p className="mb-1.5 text-[12px] text-dim">With nobody chosen it is for everybody who reads.</p>
        <div className="flex max-h-40 flex-col gap-1 overflow-y-auto rounded-md border border-line px-2.5 py-2">
          {readers.map(({ id, name, email }) => (
            <CheckboxField
              key={id}
              name="readers"
              value={String(id)}
              defaultSelected={first.readers.includes(id)}
              label={
                <span>
                  {name} <span className="text-dim">{email}</span>
                </span>
              }
            />
          ))}
        </div>
      </fieldset>
    </>
  );
}
