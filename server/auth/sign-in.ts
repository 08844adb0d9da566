import { setTimeout as pause } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { recordAudit } from "@/server/audit/record";
import { database } from "@/server/db/client";
import { users } from "@/server/db/schema";
import { fail, ok, type Result } from "@/server/lib/errors";
import type { Actor } from "./actor";
import { passwordMatches } from "./passwords";
import { clearAttempts, countAttempt, delayMs, failuresPerAddress, forgiveAttempt } from "./rate-limit";
import { openSession, personOfSession, revokeSession } from "./sessions";

export type SignInTry = {
  readonly email: string;
  readonly password: string;
  /** Network address of the caller. */
  readonly address: string;
  readonly userAgent: string | null;
};

const refused = "Address or password is wrong.";

/**
 * Checks address and password and opens a session. Unknown address, wrong password and disabled account get one
 * answer in one time. Failures are counted per network address (refused above the limit for the rest of the
 * window) and per account (answered later and later, never refused, so that nobody can lock another out).
 * @param wait how a delay is spent; a parameter so that tests need not spend it
 */
export async function signIn(
  attempt: SignInTry,
  wait: (ms: number) => Promise<unknown> = pause,
): Promise<Result<{ sessionId: string }>> {
  const db = database();
  const email = attempt.email.trim().toLowerCase().slice(0, 320);
  const addressKey = `sign-in:address:${attempt.address}`;
  const accountKey = `sign-in:account:${email}`;
  const nobody: Actor = { kind: "system", part: "sign-in" };
  if ((await countAttempt(db, addressKey)) > failuresPerAddress) {
    return fail("rate-limited", "Too many failed sign-ins from here. Try again in 15 minutes.");
  }
  await wait(delayMs(await countAttempt(db, accountKey)));
  const [user] = await db
    .select()
    .from(users)
    .where(eq(sql`lower(${users.email})`, email));
  const matches = await passwordMatches(user?.passwordHash, attempt.password.slice(0, 1024));
  if (!user || user.disabledAt || !matches) {
    await recordAudit(db, nobody, [
      {
        action: "sign-in.failed",
        ...(user ? { object: { type: "user", id: user.id } } : {}),
        detail: { email },
      },
    ]);
    return fail("unauthenticated", refused);
  }
  const person: Actor = {
    kind: "person",
    userId: user.id,
    email: user.email,
    name: user.name,
    role: user.role,
  };
  return db.transaction(async (tx) => {
    await forgiveAttempt(tx, addressKey);
    await clearAttempts(tx, accountKey);
    const sessionId = await openSession(tx, user.id, attempt.userAgent);
    await recordAudit(tx, person, [{ action: "sign-in.done", object: { type: "user", id: user.id } }]);
    return ok({ sessionId });
  });
}

/** Ends the session behind an id; an unknown or dead one is left as it is. */
export async function signOut(sessionId: string): Promise<void> {
  const person = await personOfSession(sessionId);
  await database().transaction(async (tx) => {
    await revokeSession(tx, sessionId);
    if (person)
      await recordAudit(tx, person, [
        { action: "sign-out.done", object: { type: "user", id: person.userId } },
      ]);
  });
}
