import { and, eq, isNotNull, isNull, ne, sql } from "drizzle-orm";
import { database, type Executor } from "@/server/db/client";
import { sessions, users } from "@/server/db/schema";
import type { Person } from "./actor";
import { newSecret, secretHash } from "./secrets";

export const absoluteHours = 12;
const idleHours = 2;

/** Opens a session and returns its id, which only the cookie's token holds; the row has its SHA-256. */
export async function openSession(db: Executor, userId: number, userAgent: string | null): Promise<string> {
  const id = newSecret();
  await db.insert(sessions).values({
    idHash: secretHash(id),
    userId,
    expiresAt: sql`now() + make_interval(hours => ${absoluteHours})`,
    userAgent: userAgent?.slice(0, 300) ?? null,
  });
  return id;
}

/**
 * The person behind a session id, or null when it is unknown, revoked, older than 12 hours, idle for more than
 * 2, or its owner is disabled. Asked at every call, so a change of rights holds from the next one.
 * @param keepsAlive false for calls that a page makes by itself: a tab left open does not count as somebody there
 */
export async function personOfSession(id: string, keepsAlive = true): Promise<Person | null> {
  const idHash = secretHash(id);
  const [row] = await database()
    .select({
      userId: users.id,
      email: users.email,
      name: users.name,
      role: users.role,
      stale: sql<boolean>`${sessions.lastSeenAt} < now() - interval '1 minute'`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.idHash, idHash),
        isNull(sessions.revokedAt),
        isNull(users.disabledAt),
        sql`${sessions.expiresAt} > now()`,
        sql`${sessions.lastSeenAt} > now() - make_interval(hours => ${idleHours})`,
      ),
    );
  if (!row) return null;
  // Written once a minute at most: the idle limit is hours, and most calls then stay reads.
  if (row.stale && keepsAlive)
    await database().update(sessions).set({ lastSeenAt: sql`now()` }).where(eq(sessions.idHash, idHash));
  return { kind: "person", userId: row.userId, email: row.email, name: row.name, role: row.role };
}

/** Whether a session is gone because its owner was disabled: told to whoever holds it, so that she knows whom to ask. */
export async function ownerIsDisabled(id: string): Promise<boolean> {
  const rows = await database()
    .select({ userId: users.id })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.idHash, secretHash(id)), isNotNull(users.disabledAt)));
  return rows.length > 0;
}

/** Ends one session. */
export async function revokeSession(db: Executor, id: string): Promise<void> {
  await db
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(sessions.idHash, secretHash(id)), isNull(sessions.revokedAt)));
}

/** Ends all sessions of a person, except the one that asks where it is given; returns how many. */
export async function revokeSessionsOf(db: Executor, userId: number, exceptId?: string): Promise<number> {
  const ended = await db
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.revokedAt),
        exceptId === undefined ? undefined : ne(sessions.idHash, secretHash(exceptId)),
      ),
    )
    .returning({ idHash: sessions.idHash });
  return ended.length;
}
