import type { Role } from "@/server/auth/permissions";

/** The roles with what each may do, for a choice. */
export const roleOptions: readonly { value: Role; label: string; hint: string }[] = [
  { value: "reader", label: "Reader", hint: "reads the films of open worklists" },
  { value: "adjudicator", label: "Adjudicator", hint: "reads, makes worklists, sees and freezes labels" },
  { value: "scientist", label: "Scientist", hint: "imports, makes cohorts and splits, trains" },
  { value: "administrator", label: "Administrator", hint: "everything, people and audit included" },
];
