import { eq, gt, sql } from "drizzle-orm";
import { z } from "zod";
import { sessions, users } from "@/server/db/schema";
import { fail, ok } from "@/server/lib/errors";
import { query } from "./command";
import type { PersonRow } from "./schema";

const pageInput = z.object({
  after: z.number().int().optional(),
  limit: z.number().int().min(1).max(500).default(200),
});

/** The people of this installation in order of joining, paged by id. `next` is the key of the page that follows. */
export const listPeople = query({
  name: "people.list",
  permission: "people.manage",
  input: pageInput,
  async run({ db, input }) {
    const lastSeen = db
      .select({ at: sql`max(${sessions.lastSeenAt})` })
      .from(sessions)
      .where(eq(sessions.userId, users.id));
    const found = await db
      .select({
        id: users.id,
        email: users.email,
        name: users.name,
        role: users.role,
        state: sql<PersonRow["state"]>`case when ${users.disabledAt} is not null then 'disabled'
          when ${users.passwordHash} is null then 'invited' else 'active' end`,
        createdAt: users.createdAt,
        lastSeenAt: sql<Date | null>`(${lastSeen})`.mapWith(sessions.lastSeenAt),
      })
      .from(users)
      .where(gt(users.id, input.after ?? 0))
      .orderBy(users.id)
      .limit(input.limit + 1);
    const people: PersonRow[] = found.slice(0, input.limit);
    return ok({ people, next: found.length > input.limit ? (people.at(-1)?.id ?? null) : null });
  },
});

/** One person by address, for the shell. */
export const findPerson = query({
  name: "people.find",
  permission: "people.manage",
  input: z.object({ email: z.string() }),
  async run({ db, input }) {
    const [row] = await db
      .select({ id: users.id, email: users.email, role: users.role })
      .from(users)
      .where(eq(sql`lower(${users.email})`, input.email.trim().toLowerCase()));
    return row ? ok(row) : fail("not-found", `There is no user ${input.email}.`);
  },
});
