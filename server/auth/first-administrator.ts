import { and, isNull, sql } from "drizzle-orm";
import { recordAudit } from "@/server/audit/record";
import { database } from "@/server/db/client";
import { invitations, users } from "@/server/db/schema";
import { newSecret, secretHash } from "./secrets";

export const invitationDays = 7;

/**
 * The one-time link that makes the first administrator, or null when there is a person already. Each call makes a
 * new one and ends those before it: only the link printed last works.
 * @param baseUrl the address under which people reach this installation
 */
export async function firstAdministratorLink(baseUrl: string): Promise<string | null> {
  return database().transaction(async (tx) => {
    const [someone] = await tx.select({ id: users.id }).from(users).limit(1);
    if (someone) return null;
    await tx.delete(invitations).where(and(isNull(invitations.email), isNull(invitations.usedAt)));
    const token = newSecret();
    await tx.insert(invitations).values({
      tokenHash: secretHash(token),
      role: "administrator",
      expiresAt: sql`now() + make_interval(days => ${invitationDays})`,
    });
    await recordAudit(tx, { kind: "system", part: "start" }, [{ action: "invitation.first-administrator" }]);
    return new URL(`/invite/${token}`, baseUrl).href;
  });
}
