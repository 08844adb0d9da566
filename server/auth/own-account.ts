import { eq } from "drizzle-orm";
import { z } from "zod";
import { database } from "@/server/db/client";
import { users } from "@/server/db/schema";
import { fail, ok } from "@/server/lib/errors";
import { command } from "./command";
import { hashPassword, passwordMatches, passwordProblem } from "./passwords";
import { clearAttempts, countAttempt, failuresPerAddress } from "./rate-limit";
import { changePasswordInput } from "./schema";
import { revokeSessionsOf } from "./sessions";

/** Changes one's own password, asking for the present one; every other session of the person ends. */
export const changePassword = command({
  name: "self.change-password",
  permission: "self.manage",
  input: changePasswordInput,
  async run({ tx, actor, input, audit }) {
    if (actor.kind !== "person") return fail("invalid", "Only a person has a password.");
    const key = `password:account:${actor.userId}`;
    // Outside the transaction, whose end would take a failed try back.
    if ((await countAttempt(database(), key)) > failuresPerAddress) {
      return fail("rate-limited", "Too many tries. Wait 15 minutes.");
    }
    const [user] = await tx.select().from(users).where(eq(users.id, actor.userId)).for("update");
    if (!user || !(await passwordMatches(user.passwordHash, input.current))) {
      return fail("invalid", "The present password is wrong.", { fields: [{ field: "current" }] });
    }
    const problem = passwordProblem(input.password, [user.email, user.name]);
    if (problem) return fail("invalid", problem, { fields: [{ field: "password" }] });
    await tx
      .update(users)
      .set({ passwordHash: await hashPassword(input.password) })
      .where(eq(users.id, user.id));
    const sessions = await revokeSessionsOf(tx, user.id, input.sessionId);
    await clearAttempts(tx, key);
    audit({ action: "user.password-changed", object: { type: "user", id: user.id }, detail: { sessions } });
    return ok({ otherSessions: sessions });
  },
});

/** Ends every session of the person, this one included. */
export const signOutEverywhere = command({
  name: "self.sign-out-everywhere",
  permission: "self.manage",
  input: z.object({}),
  async run({ tx, actor, audit }) {
    if (actor.kind !== "person") return fail("invalid", "Only a person has sessions.");
    const sessions = await revokeSessionsOf(tx, actor.userId);
    audit({
      action: "sign-out.everywhere",
      object: { type: "user", id: actor.userId },
      detail: { sessions },
    });
    return ok({ sessions });
  },
});
