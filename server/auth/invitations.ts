import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/server/audit/record";
import { database, type Executor } from "@/server/db/client";
import { invitations, users } from "@/server/db/schema";
import { ExpectedFailure, type Failure, fail, ok, type Result } from "@/server/lib/errors";
import { command } from "./command";
import { hashPassword, passwordProblem } from "./passwords";
import type { Role } from "./permissions";
import { acceptInput, invitationInput, inviteInput } from "./schema";
import { newSecret, secretHash } from "./secrets";

export const invitationDays = 7;

const open = () => and(isNull(invitations.usedAt), gt(invitations.expiresAt, sql`now()`));

/** Invites an address under a role. The path is told once; only its token's SHA-256 is kept. */
export const invitePerson = command({
  name: "person.invite",
  permission: "people.manage",
  input: inviteInput,
  async run({ tx, actor, input, audit }) {
    if (await userWith(tx, input.email)) return fail("conflict", `${input.email} has an account already.`);
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
      .returning({ id: invitations.id, expiresAt: invitations.expiresAt });
    if (!row) throw new Error("the invitation was not inserted");
    audit({ action: "invitation.made", object: { type: "invitation", id: row.id }, after: input });
    return ok({ id: row.id, path: `/invite/${token}`, expiresAt: row.expiresAt });
  },
});

/** Ends an invitation before it is taken up. */
export const withdrawInvitation = command({
  name: "invitation.withdraw",
  permission: "people.manage",
  input: invitationInput,
  async run({ tx, input, audit }) {
    const [row] = await tx
      .update(invitations)
      .set({ expiresAt: sql`now()` })
      .where(and(eq(invitations.id, input.id), open()))
      .returning({ email: invitations.email });
    if (!row) return fail("not-found", "There is no such open invitation.");
    audit({ action: "invitation.withdrawn", object: { type: "invitation", id: input.id }, before: row });
    return ok({ id: input.id });
  },
});

const notValid = (): Failure =>
  fail("not-found", "This link is not valid, was used, or has expired. Ask an administrator for a new one.");

/** What a link invites to, while it can be taken up. Null says nothing about why not. */
export async function invitationOf(token: string): Promise<{ email: string | null; role: Role } | null> {
  const db = database();
  const [row] = await db
    .select({ email: invitations.email, role: invitations.role })
    .from(invitations)
    .where(and(eq(invitations.tokenHash, secretHash(token)), open()));
  if (!row || (row.email === null && (await anyone(db)))) return null;
  return row;
}

/** Takes an invitation up: makes the account and uses the link, both or neither. */
export async function acceptInvitation(
  raw: z.input<typeof acceptInput>,
): Promise<Result<{ userId: number; email: string }>> {
  const parsed = acceptInput.safeParse(raw);
  if (!parsed.success) return fail("invalid", parsed.error.issues[0]?.message ?? "Invalid input");
  const input = parsed.data;
  const invitation = await invitationOf(input.token);
  if (!invitation) return notValid();
  const email = invitation.email ?? input.email;
  if (email === undefined) return fail("invalid", "Give your e-mail address.");
  const problem = passwordProblem(input.password, [email, input.name]);
  if (problem) return fail("invalid", problem, { fields: [{ field: "password", message: problem }] });
  // Before the transaction: hashing takes its time, and a row lock would wait for it.
  const passwordHash = await hashPassword(input.password);
  try {
    return await database().transaction(async (tx) => {
      const [used] = await tx
        .update(invitations)
        .set({ usedAt: sql`now()` })
        .where(and(eq(invitations.tokenHash, secretHash(input.token)), open()))
        .returning({ id: invitations.id });
      if (!used || (invitation.email === null && (await anyone(tx))))
        throw new ExpectedFailure("not-found", notValid().message);
      const [user] = await tx
        .insert(users)
        .values({ email, name: input.name, role: invitation.role, passwordHash })
        .onConflictDoNothing()
        .returning({ id: users.id });
      if (!user) throw new ExpectedFailure("not-found", notValid().message);
      await tx.update(invitations).set({ usedBy: user.id }).where(eq(invitations.id, used.id));
      const person = {
        kind: "person",
        userId: user.id,
        email,
        name: input.name,
        role: invitation.role,
      } as const;
      await recordAudit(tx, person, [
        {
          action: "invitation.accepted",
          object: { type: "user", id: user.id },
          after: { email, role: invitation.role, invitation: used.id },
        },
      ]);
      return ok({ userId: user.id, email });
    });
  } catch (error) {
    if (error instanceof ExpectedFailure) return error.failure;
    throw error;
  }
}

/** Ends the open invitations of an address; of nobody in particular (the first administrator) with null. */
export async function endInvitations(db: Executor, email: string | null): Promise<void> {
  const whose = email === null ? isNull(invitations.email) : eq(sql`lower(${invitations.email})`, email);
  await db.update(invitations).set({ expiresAt: sql`now()` }).where(and(whose, open()));
}

/** Whether an address has an account. */
export async function userWith(db: Executor, email: string): Promise<boolean> {
  const [row] = await db
    .select({ id: users.id })
    .from(users)
    .where(eq(sql`lower(${users.email})`, email));
  return row !== undefined;
}

/** Whether there is any account. */
export async function anyone(db: Executor): Promise<boolean> {
  const [row] = await db.select({ id: users.id }).from(users).limit(1);
  return row !== undefined;
}
