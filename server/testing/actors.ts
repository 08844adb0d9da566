import type { Person } from "@/server/auth/actor";
import type { Role } from "@/server/auth/permissions";
import { database } from "@/server/db/client";
import { users } from "@/server/db/schema";

let made = 0;

/** A person with a row of her own, without a password: for calling commands and queries as her. */
export async function personWith(role: Role): Promise<Person> {
  made += 1;
  const email = `${role}-${made}@example.org`;
  const [row] = await database()
    .insert(users)
    .values({ email, name: `${role} ${made}`, role })
    .returning();
  if (!row) throw new Error("the user was not inserted");
  return { kind: "person", userId: row.id, email, name: row.name, role };
}
