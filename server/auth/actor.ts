import { allows, type Permission, type Role } from "./permissions";

/** Who is at work: a signed-in person, somebody at the server's shell, or the system's own jobs. */
export type Actor =
  | {
      readonly kind: "person";
      readonly userId: number;
      readonly email: string;
      readonly name: string;
      readonly role: Role;
    }
  | { readonly kind: "shell"; readonly osUser: string }
  | { readonly kind: "system"; readonly part: string };

export type Person = Extract<Actor, { kind: "person" }>;

/** The actor as the audit trail and `createdBy` columns write it. */
export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case "person":
      return actor.email;
    case "shell":
      return `cli:${actor.osUser}`;
    case "system":
      return `system:${actor.part}`;
  }
}

/** A person needs the permission by role; shell and system act with the administrator's rights. */
export function may(actor: Actor, permission: Permission): boolean {
  return allows(actor.kind === "person" ? actor.role : "administrator", permission);
}
