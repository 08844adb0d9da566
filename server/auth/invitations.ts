import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/server/audit/record";
import { database, type Executor, type Transaction } from "@/server/db/client";
import { invitations, users } from "@/server/db/schema";
import { ExpectedFailure, fail, ok, type Result } from "@/server/lib/errors";
import { command } from "./command";
import { hashPassword, passwordProblem } from "./passwords";
import type { Role } from "./permissions";
import { acceptInput, inviteInput } from "./schema";
import { newSecret, secretHash } from "./secrets";

export const invitationDays = 7;

/** What a link invites to: an address under a role; without an address, the first administrator. */
type Invitation = { readonly id: number; readonly email: string | null; readonly role: Role };

/**
 * Invites an address under a role: the account is there at once and waits for its password. Inviting again makes
 * a new link and ends the one before. The path is told once; only its token's SHA-256 is kept.
 */
export const invitePerson = command({
  name: "person.invite",
  permission: "people.manage",
  input: inviteInput,
  async run({ tx, actor, input, audit }) {
    const user = await pendingUser(tx, input.email, input.role);
    await endInvitations(tx, input.email);
    const token = newSecret();
    const [row] = await tx
      .insert(invitations)
      .values({
        tokenHash: secretHash(token),
        email: input.email,
        role: input.role,
        invitedBy: actor.kind === "person" ? actor.userId : null,
        expiresAt: sql`now() + make_interval(days => ${invitationDays})`,
      })
      .returning({ expiresAt: invitations.expiresAt });
    if (!row) throw new Error("the invitation was not inserted");
    audit({ action: "user.invited", object: { type: "user", id: user.id }, after: input });
    return ok({
      user: { id: user.id, email: input.email, role: input.role },
      invitation: { path: `/invite/${token}`, expiresAt: row.expiresAt },
    });
  },
});

/** The account behind an invitation: made now, or the one that still waits for its password. */
async function pendingUser(tx: Transaction, email: string, role: Role): Promise<{ id: number }> {
  const [made] = await tx
    .insert(users)
    .values({ email, role, name: email.split("@")[0] ?? email })
    .onConflictDoNothing()
    .returning({ id: users.id });
  if (made) return made;
  const [waiting] = await tx
    .update(users)
    .set({ role })
    .where(and(eq(sql`lower(${users.email})`, email), isNull(users.passwordHash), isNull(users.disabledAt)))
    .returning({ id: users.id });
  if (!waiting) throw new ExpectedFailure("conflict", `${email} has an account already.`);
  return waiting;
}

/** What a link invites to, while it can be taken up; null says nothing about why not. */
export async function invitationOf(token: string): Promise<Invitation | null> {
  return findOpen(database(), token);
}

const notValid = "This link is not valid, was used, or has expired. Ask an administrator for a new one.";

/** Takes an invitation up: gives the account its name and password and uses the link, both or neither. */
export async function acceptInvitation(
  raw: z.input<typeof acceptInput>,
): Promise<Result<{ userId: number; email: string }>> {
  const parsed = acceptInput.safeParse(raw);
  if (!parsed.success) return fail("invalid", parsed.error.issues[0]?.message ?? "Invalid input");
  const input = parsed.data;
  const invitation = await findOpen(database(), input.token);
  if (!invitation) return fail("not-found", notValid);
  const email = invitation.email ?? input.email;
  if (email === undefined) return fail("invalid", "Give your e-mail address.");
  const problem = passwordProblem(input.password, [email, input.name]);
  if (problem) return fail("invalid", problem, { fields: [{ field: "password", message: problem }] });
  // Before the transaction: hashing takes its time, and a row lock would wait for it.
  const passwordHash = await hashPassword(input.password);
  const account = { email, name: input.name, role: invitation.role, passwordHash };
  return database().transaction(async (tx) => {
    const userId = await useUp(tx, input.token, invitation, account);
    if (userId === null) return fail("not-found", notValid);
    const person = { kind: "person", userId, email, name: input.name, role: invitation.role } as const;
    await recordAudit(tx, person, [
      {
        action: "invitation.accepted",
        object: { type: "user", id: userId },
        after: { email, role: invitation.role },
      },
    ]);
    return ok({ userId, email });
  });
}

type Account = { email: string; name: string; role: Role; passwordHash: string };

/** Uses the link and fills the account; null, with nothing written, when somebody was quicker. */
async function useUp(
  tx: Transaction,
  token: string,
  invitation: Invitation,
  account: Account,
): Promise<number | null> {
  // The lock makes a second taker wait here and then find the link used.
  if (!(await findOpen(tx, token, true))) return null;
  const { name, passwordHash } = account;
  const [user] =
    invitation.email === null
      ? await tx.insert(users).values(account).onConflictDoNothing().returning({ id: users.id })
      : await tx
          .update(users)
          .set({ name, passwordHash })
          .where(and(eq(sql`lower(${users.email})`, account.email), isNull(users.passwordHash)))
          .returning({ id: users.id });
  if (!user) return null;
  await tx
    .update(invitations)
    .set({ usedAt: sql`now()`, usedBy: user.id })
    .where(eq(invitations.id, invitation.id));
  return user.id;
}

async function findOpen(db: Executor, token: string, lock = false): Promise<Invitation | null> {
  const search = db
    .select({ id: invitations.id, email: invitations.email, role: invitations.role })
    .from(invitations)
    .where(and(eq(invitations.tokenHash, secretHash(token)), open()));
  const [row] = await (lock ? search.for("update") : search);
  if (!row) return null;
  if (row.email === null) return (await anyone(db)) ? null : row;
  const [user] = await db
    .select({ role: users.role })
    .from(users)
    .where(
      and(eq(sql`lower(${users.email})`, row.email), isNull(users.passwordHash), isNull(users.disabledAt)),
    );
  // The account's role counts: it may have been changed since the link was made.
  return user ? { ...row, role: user.role } : null;
}

/** Ends the open invitations of an address; of the first administrator, who has none yet, with null. */
export async function endInvitations(db: Executor, email: string | null): Promise<void> {
  const whose = email === null ? isNull(invitations.email) : eq(sql`lower(${invitations.email})`, email);
  await db.update(invitations).set({ expiresAt: sql`now()` }).where(and(whose, open()));
}

/** Whether there is any account. */
export async function anyone(db: Executor): Promise<boolean> {
  const [row] = await db.select({ id: users.id }).from(users).limit(1);
  return row !== undefined;
}

function open() {
  return and(isNull(invitations.usedAt), gt(invitations.expiresAt, sql`now()`));
}
