import type { z } from "zod";
import { type AuditEntry, recordAudit } from "@/server/audit/record";
import { type Database, database, type Transaction } from "@/server/db/client";
import { ExpectedFailure, type Failure, fail, type Result } from "@/server/lib/errors";
import { log } from "@/server/lib/log";
import { type Actor, may } from "./actor";
import { checkedInput } from "./checked-input";
import type { Permission } from "./permissions";

type CommandContext<Input> = {
  readonly tx: Transaction;
  readonly actor: Actor;
  readonly input: Input;
  /** Notes what was done; written as the transaction's last statement. At least one note per success. */
  audit(entry: AuditEntry): void;
};

/**
 * The one door for writes. Checks the permission and the input, runs the work and its audit rows in one
 * transaction, and rolls all of it back on a failure.
 * @example
 * export const renameCohort = command({
 *   name: "cohort.rename", permission: "cohorts.manage", input: renameInput,
 *   async run({ tx, input, audit }) { …; audit({ action: "cohort.renamed", … }); return ok({ … }); },
 * });
 * await renameCohort(actor, { id: 3, name: "published" });
 */
export function command<Schema extends z.ZodType, Value>(spec: {
  readonly name: string;
  readonly permission: Permission;
  readonly input: Schema;
  run(context: CommandContext<z.output<Schema>>): Promise<Result<Value>>;
}): (actor: Actor, input: z.input<Schema>) => Promise<Result<Value>> {
  return async (actor, raw) => {
    const checked = await admit(spec, actor, raw);
    if (!checked.ok) return checked;
    return settle(spec.name, () =>
      database().transaction(async (tx) => {
        const entries: AuditEntry[] = [];
        const result = await spec.run({
          tx,
          actor,
          input: checked.value,
          audit: (entry) => entries.push(entry),
        });
        // A failure leaves nothing behind: thrown so that the transaction rolls back.
        if (!result.ok) throw new ExpectedFailure(result.code, result.message, result.detail);
        if (entries.length === 0) throw new Error(`command ${spec.name} wrote no audit row`);
        await recordAudit(tx, actor, entries);
        return result;
      }),
    );
  };
}

/**
 * The door for reads: permission and input checked the same way, no transaction. A query that shows images
 * names them with `viewed`, which writes the audit row.
 */
export function query<Schema extends z.ZodType, Value>(spec: {
  readonly name: string;
  readonly permission: Permission;
  readonly input: Schema;
  run(context: { db: Database; actor: Actor; input: z.output<Schema> }): Promise<Result<Value>>;
}): (actor: Actor, input: z.input<Schema>) => Promise<Result<Value>> {
  return async (actor, raw) => {
    const checked = await admit(spec, actor, raw);
    if (!checked.ok) return checked;
    return settle(spec.name, () => spec.run({ db: database(), actor, input: checked.value }));
  };
}

async function admit<Schema extends z.ZodType>(
  spec: { readonly name: string; readonly permission: Permission; readonly input: Schema },
  actor: Actor,
  raw: unknown,
): Promise<Result<z.output<Schema>>> {
  if (!may(actor, spec.permission)) {
    await recordAudit(database(), actor, [{ action: "access.refused", detail: { door: spec.name } }]);
    return fail("forbidden", "Your role does not allow this.");
  }
  return checkedInput(spec.input, raw);
}

async function settle<Value>(name: string, work: () => Promise<Result<Value>>): Promise<Result<Value>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ExpectedFailure) return error.failure;
    log("command").error({ err: error, command: name }, "command failed");
    throw error;
  }
}

/** Narrows a result where failing is a programming error or ends the job: returns the value or throws. */
export function valueOrThrow<Value>(result: Result<Value>): Value {
  if (result.ok) return result.value;
  const failure: Failure = result;
  throw new ExpectedFailure(failure.code, failure.message, failure.detail);
}

export { valueOrThrow as valueOf };
