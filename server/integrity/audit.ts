import type { Actor } from "@/server/auth/actor";
import { query } from "@/server/auth/command";
import type { SplitAudit } from "@/server/db/schema/split-facts";
import { ok, type Result } from "@/server/lib/errors";
import { findSplit } from "@/server/splits/find";
import { currentVersions } from "@/server/splits/load-roster";
import type { SplitReference } from "@/server/splits/schema";
import { refreshAudit } from "./commands";
import { auditInput } from "./schema";

/**
 * The audit of a split as the data stand now: the stored one, or a new count where data came in since.
 * Errors: not-found, forbidden.
 */
export async function auditSplit(
  actor: Actor,
  input: { readonly split: SplitReference },
): Promise<Result<SplitAudit>> {
  const stored = await storedAudit(actor, input);
  if (!stored.ok) return stored;
  return stored.value === null ? refreshAudit(actor, input) : ok(stored.value);
}

/** The stored audit; null where it was counted on other data than there is now. */
const storedAudit = query({
  name: "split.stored-audit",
  permission: "splits.view",
  input: auditInput,
  async run({ db, input }) {
    const found = await findSplit(db, input.split);
    if (!found.ok) return found;
    const { audit } = found.value;
    const current = await currentVersions(db);
    return ok<SplitAudit | null>(audit && sameVersions(audit.datasetVersions, current) ? audit : null);
  },
});

function sameVersions(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
