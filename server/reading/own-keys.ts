import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Actor } from "@/server/auth/actor";
import { command, query } from "@/server/auth/command";
import type { Executor } from "@/server/db/client";
import { users } from "@/server/db/schema";
import { offered, vocabulary } from "@/server/labels/vocabulary";
import { fail, ok } from "@/server/lib/errors";
import { type KeyChoices, keyProblem, ownChoices } from "./keys";
import { asReader } from "./lease";

const choices = z.record(z.string().max(40), z.string().min(1).max(20));

/**
 * Chooses the keys that the reading room has for oneself, all at once; none means the defaults. Errors: conflict
 * (a key for two actions; the detail names both), invalid (a key that cannot be chosen), forbidden.
 */
export const chooseKeys = command({
  name: "reading.choose-keys",
  permission: "reading.read",
  input: z.object({ choices }),
  async run({ tx, actor, input, audit }) {
    const reader = asReader(actor);
    if (!reader.ok) return reader;
    const findings = offered(await vocabulary(tx));
    const problem = keyProblem(findings, input.choices);
    if (problem) return fail(problem.with === null ? "invalid" : "conflict", problem.text, problem);
    const own = ownChoices(findings, input.choices);
    await tx
      .update(users)
      .set({ preferences: sql`${users.preferences} || ${JSON.stringify({ readingKeys: own })}::jsonb` })
      .where(eq(users.id, reader.value.userId));
    audit({ action: "reading.keys-chosen", object: { type: "user", id: reader.value.userId }, after: own });
    return ok({ choices: own });
  },
});

/** The vocabulary and one's own choices of keys. */
export const readingKeys = query({
  name: "reading.keys",
  permission: "reading.read",
  input: z.object({}),
  async run({ db, actor }) {
    const [findings, own] = await Promise.all([vocabulary(db).then(offered), keyChoicesOf(db, actor)]);
    return ok({ findings, choices: own });
  },
});

/** A person's own choices; none for a shell. */
export async function keyChoicesOf(db: Executor, actor: Actor): Promise<KeyChoices> {
  if (actor.kind !== "person") return {};
  const [row] = await db
    .select({ kept: sql<unknown>`${users.preferences} -> 'readingKeys'` })
    .from(users)
    .where(eq(users.id, actor.userId));
  const kept = choices.safeParse(row?.kept ?? {});
  return kept.success ? kept.data : {};
}
