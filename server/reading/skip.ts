import { sql } from "drizzle-orm";
import { command } from "@/server/auth/command";
import { ok } from "@/server/lib/errors";
import { lockItem, mayFinish } from "./held-item";
import { asReader } from "./lease";
import { skipInput } from "./schema";

/**
 * Puts a study aside with a reason: out of the queue for everybody until somebody sends it back. What was typed
 * stays as the reader's draft. Errors: conflict (as `submitRead`), not-found, invalid (the reason).
 */
export const skipStudy = command({
  name: "reading.skip",
  permission: "reading.read",
  input: skipInput,
  async run({ tx, actor, input, audit }) {
    const reader = asReader(actor);
    if (!reader.ok) return reader;
    const locked = await lockItem(tx, input.item, reader.value.userId);
    if (!locked.ok) return locked;
    const held = locked.value;
    const { item, reason, ...draft } = input;
    if (held.status === "skipped") {
      audit({ action: "skip.repeated", object: { type: "worklist-item", id: item } });
      return ok({ item, repeated: true });
    }
    const allowed = mayFinish(held);
    if (!allowed.ok) return allowed;
    await tx.execute(sql`
      with assignment as (
        update assignments set status = 'skipped', lease_expires_at = null, finished_at = now(),
          skip_reason = ${reason}, draft = ${JSON.stringify(draft)}::jsonb
        where id = ${held.assignment}
      )
      update worklist_items set skipped = true, returned = false, flagged = flagged or ${draft.flagged},
        taken = taken - ${allowed.value.placeKept ? 1 : 0}::smallint
      where id = ${item}`);
    audit({
      action: "study.skipped",
      object: { type: "worklist-item", id: item },
      after: { reason, comment: draft.comment, flagged: draft.flagged },
      detail: { study: held.studyId, worklist: held.worklistId },
    });
    return ok({ item, repeated: false });
  },
});
