import { sql } from "drizzle-orm";
import { recordAudit } from "@/server/audit/record";
import { database } from "@/server/db/client";
import { invitations } from "@/server/db/schema";
import { anyone, endInvitations, invitationDays } from "./invitations";
import { newSecret, secretHash } from "./secrets";

/**
 * The one-time link that makes the first administrator, or null when there is a person already. Each call makes a
 * new one and ends those before it: only the link printed last works.
 * @param baseUrl the address under which people reach this installation
 */
export async function firstAdministratorLink(baseUrl: string): Promise<string | null> {
  return database().transaction(async (tx) => {
    if (await anyone(tx)) return null;
    await endInvitations(tx, null);
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
