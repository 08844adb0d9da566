import { type SQL, sql } from "drizzle-orm";
import { query } from "@/server/auth/command";
import { fail, ok, type Result } from "@/server/lib/errors";
import { caseInput } from "./adjudication-schema";
import { asReader, leaseEnd } from "./lease";

// As with reads, what is typed so far is no act on the record.

/** Keeps what is decided so far, and the lease. `held` is false where somebody else has it. Errors: forbidden. */
export const keepCase = query({
  name: "adjudication.keep",
  permission: "reading.adjudicate",
  input: caseInput,
  async run({ db, actor, input: { item, draft } }) {
    const person = asReader(actor);
    if (!person.ok) return person;
    const kept = await db.execute(sql`
      update adjudication_leases set lease_expires_at = ${leaseEnd}, draft = ${column(draft)}
      where item_id = ${item} and adjudicator_id = ${person.value.userId}`);
    return ok({ held: kept.count > 0 });
  },
});

/** The page is gone: the case is anybody's again, what was decided so far is kept. Errors: not-found. */
export const leaveCase = query({
  name: "adjudication.leave",
  permission: "reading.adjudicate",
  input: caseInput,
  async run({ db, actor, input: { item, draft } }): Promise<Result<{ left: boolean }>> {
    const person = asReader(actor);
    if (!person.ok) return person;
    const left = await db.execute(sql`
      update adjudication_leases set lease_expires_at = now(), draft = ${column(draft)}
      where item_id = ${item} and adjudicator_id = ${person.value.userId}`);
    return left.count > 0 ? ok({ left: true }) : fail("not-found", "You do not have this study in hand.");
  },
});

function column(draft: object | undefined): SQL {
  return draft === undefined ? sql`draft` : sql`${JSON.stringify(draft)}::jsonb`;
}
