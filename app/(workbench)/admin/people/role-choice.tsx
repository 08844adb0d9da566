"use client";

import type { Role } from "@/server/auth/permissions";
import type { PersonRow } from "@/server/auth/schema";
import { roleOptions } from "./role-options";

type Props = { person: PersonRow; isDisabled: boolean; onChange: (role: Role) => void };

/** A person's role in a table row: the browser's own choice, 24 pixels high. */
export function RoleChoice({ person, isDisabled, onChange }: Props) {
  return (
    <select
      aria-label={`Role of ${person.name}`}
      value={person.role}
      disabled={isDisabled}
      onChange={(event) => {
        const chosen = roleOptions.find((option) => option.value === event.target.value);
        if (chosen) onChange(chosen.value);
      }}
      className="h-6 w-full rounded-md border border-line bg-bg px-1.5 disabled:opacity-50"
    >
      {roleOptions.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
