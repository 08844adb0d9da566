"use client";

import Form from "next/form";
import { Button, LinkButton } from "@/app/_components/button";

export type AuditFilters = { action?: string; actor?: string; objectType?: string; objectId?: string };
type Props = { filters: AuditFilters; actions: readonly string[]; actors: readonly string[] };

/** Narrows the trail; what is chosen stands in the address. */
export function AuditFilterBar({ filters, actions, actors }: Props) {
  const nouns = [...new Set(actions.map((action) => `${action.split(".")[0]}.`))];
  const filtered = Object.values(filters).some((value) => value !== undefined);
  return (
    <Form action="/admin/audit" className="flex flex-wrap items-end gap-3">
      <Choice label="Action" name="action" value={filters.action}>
        {nouns.map((noun) => (
          <optgroup key={noun} label={noun.slice(0, -1)}>
            <option value={noun}>all of {noun.slice(0, -1)}</option>
            {actions
              .filter((action) => action.startsWith(noun))
              .map((action) => (
                <option key={action} value={action}>
                  {action}
                </option>
              ))}
          </optgroup>
        ))}
      </Choice>
      <Choice label="Person" name="actor" value={filters.actor}>
        {actors.map((actor) => (
          <option key={actor} value={actor}>
            {actor}
          </option>
        ))}
      </Choice>
      <Words label="Object" name="objectType" value={filters.objectType} placeholder="image" />
      <Words label="Its number" name="objectId" value={filters.objectId} placeholder="1042" />
      <Button type="submit">Filter</Button>
      {filtered ? (
        <LinkButton href="/admin/audit" variant="ghost">
          Clear
        </LinkButton>
      ) : null}
    </Form>
  );
}

const look = "h-7 rounded-md border border-line bg-bg px-2";

function Choice({
  label,
  name,
  value,
  children,
}: {
  label: string;
  name: string;
  value?: string;
  children: React.ReactNode;
}) {
  return (
    <label className="flex flex-col gap-1 text-[12px] text-dim">
      {label}
      <select name={name} defaultValue={value ?? ""} className={`${look} w-[200px] text-[13px] text-text`}>
        <option value="">any</option>
        {children}
      </select>
    </label>
  );
}

function Words({
  label,
  name,
  value,
  placeholder,
}: {
  label: string;
  name: string;
  value?: string;
  placeholder: string;
}) {
  return (
    <label className="flex flex-col gap-1 text-[12px] text-dim">
      {label}
      <input
        name={name}
        defaultValue={value}
        placeholder={placeholder}
        className={`${look} w-[110px] text-[13px] text-text placeholder:text-faint`}
      />
    </label>
  );
}
