import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { Transaction } from "@/server/db/client";
import { users } from "@/server/db/schema";
import { ExpectedFailure, fail, ok } from "@/server/lib/errors";
import { command } from "./command";
import { hashPassword, passwordProblem } from "./passwords";
import { createPersonInput, personInput, roleInput } from "./schema";
import { revokeSessionsOf } from "./sessions";

/** Makes an account with a password at once, for the demo and the shell; people are invited otherwise. */
export const createPerson = command({
  name: "person.create",
  permission: "people.manage",
  input: createPersonInput,
  async run({ tx, input, audit }) {
    const { email, name, role, password } = input;
    const problem = passwordProblem(password, [email, name]);
    if (problem) return fail("invalid", problem);
    const [user] = await tx
      .insert(users)
      .values({ email, name, role, passwordHash: await hashPassword(password) })
      .onConflictDoNothing()
      .returning({ id: users.id });
    if (!user) return fail("conflict", `${email} has an account already.`);
    audit({ action: "user.created", object: { type: "user", id: user.id }, after: { email, name, role } });
    return ok({ id: user.id, email, name, role });
  },
});

/** Gives a person another role; it holds from her next call on. */
export const setRole = command({
  name: "person.set-role",
  permission: "people.manage",
  input: roleInput,
  async run({ tx, input, audit }) {
    const user = await lockUser(tx, input.userId);
    if (user.role === "administrator" && input.role !== "administrator")
      await keepAnAdministrator(tx, user.id);
    await tx.update(users).set({ role: input.role }).where(eq(users.id, user.id));
    audit({
      action: "user.role-changed",
      object: { type: "user", id: user.id },
      before: { role: user.role },
      after: { role: input.role },
    });
    return ok({ id: user.id, email: user.email, role: input.role });
  },
});

/** Locks a person out and ends her sessions; what she did stays. */
export const disablePerson = command({
  name: "person.disable",
  permission: "people.manage",
  input: personInput,
  async run({ tx, input, audit }) {
    const user = await lockUser(tx, input.userId);
    if (user.disabledAt) return fail("conflict", `${user.email} is disabled already.`);
    if (user.role === "administrator") await keepAnAdministrator(tx, user.id);
    await tx.update(users).set({ disabledAt: sql`now()` }).where(eq(users.id, user.id));
    const sessions = await revokeSessionsOf(tx, user.id);
    audit({ action: "user.disabled", object: { type: "user", id: user.id }, detail: { sessions } });
    return ok({ id: user.id, email: user.email, role: user.role });
  },
});

/** Lets a disabled person in again; she signs in anew. */
export const enablePerson = command({
  name: "person.enable",
  permission: "people.manage",
  input: personInput,
  async run({ tx, input, audit }) {
    const user = await lockUser(tx, input.userId);
    if (!user.disabledAt) return fail("conflict", `${user.email} is not disabled.`);
    await tx.update(users).set({ disabledAt: null }).where(eq(users.id, user.id));
    audit({ action: "user.enabled", object: { type: "user", id: user.id } });
    return ok({ id: user.id, email: user.email, role: user.role });
  },
});

async function lockUser(tx: Transaction, userId: number) {
  const [user] = await tx.select().from(users).where(eq(users.id, userId)).for("update");
  if (!user) throw new ExpectedFailure("not-found", "There is no such person.");
  return user;
}

/**
 * Refuses to take away the last administrator who can sign in. The administrators' rows are locked in one order, so that
 * two who remove each other at once come one after the other.
 */
async function keepAnAdministrator(tx: Transaction, leaving: number): Promise<void> {
  const active = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, "administrator"), isNull(users.disabledAt), isNotNull(users.passwordHash)))
    .orderBy(users.id)
    .for("update");
  if (!active.some(({ id }) => id !== leaving)) {
    throw new ExpectedFailure("conflict", "This is the last administrator. Make another one first.");
  }
}
