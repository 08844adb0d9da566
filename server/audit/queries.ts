import { and, desc, eq, inArray, lt, sql } from "drizzle-orm";
import { z } from "zod";
import { query } from "@/server/auth/command";
import type { Database } from "@/server/db/client";
import { auditLog } from "@/server/db/schema";
import { ok } from "@/server/lib/errors";
import { type AuditRow, auditFilter, trailPlace } from "./schema";
import { beginning, verifyStep } from "./verify";

/** Rows of the trail, newest first, filtered; `next` is the `before` of the page that follows. */
export const listAudit = query({
  name: "audit.list",
  permission: "audit.view",
  input: auditFilter,
  async run({ db, input }) {
    const actions = await actionsOf(db, input.action);
    const found = await db
      .select({
        id: auditLog.id,
        at: auditLog.at,
        actor: auditLog.actor,
        action: auditLog.action,
        objectType: auditLog.objectType,
        objectId: auditLog.objectId,
        detail: auditLog.detail,
      })
      .from(auditLog)
      .where(
        and(
          actions === undefined ? undefined : inArray(auditLog.action, actions),
          input.actor === undefined ? undefined : eq(auditLog.actor, input.actor),
          input.objectType === undefined ? undefined : eq(auditLog.objectType, input.objectType),
          input.objectId === undefined ? undefined : eq(auditLog.objectId, input.objectId),
          input.before === undefined ? undefined : lt(auditLog.id, input.before),
        ),
      )
      .orderBy(desc(auditLog.id))
      .limit(input.limit + 1);
    const rows: AuditRow[] = found.slice(0, input.limit);
    return ok({ rows, next: found.length > input.limit ? (rows.at(-1)?.id ?? null) : null });
  },
});

/** The actions and actors that occur, for the filters. */
export const auditFacets = query({
  name: "audit.facets",
  permission: "audit.view",
  input: z.object({}),
  async run({ db }) {
    const [actions, actors] = await Promise.all([valuesOf(db, "action"), valuesOf(db, "actor")]);
    return ok({ actions, actors });
  },
});

/** One stretch of verifying the trail (`verifyStep`), for a page that shows how far it has come. */
export const checkTrail = query({
  name: "audit.verify",
  permission: "audit.view",
  input: z.object({ from: trailPlace.default(beginning) }),
  run: async ({ input }) => ok(await verifyStep(input.from)),
});

/** "image." means every action of that noun that occurs. */
async function actionsOf(db: Database, action: string | undefined): Promise<string[] | undefined> {
  if (action === undefined) return undefined;
  if (!action.endsWith(".")) return [action];
  const all = await valuesOf(db, "action");
  return all.filter((value) => value.startsWith(action));
}

/**
 * The values of a column, read off its index with a step per value and not per row (loose index scan,
 * https://wiki.postgresql.org/wiki/Loose_indexscan).
 */
async function valuesOf(db: Database, name: "action" | "actor"): Promise<string[]> {
  const column = sql.identifier(name);
  const rows = await db.execute<{ value: string }>(sql`
    with recursive walk as (
      (select ${column} as value from audit_log order by 1 limit 1)
      union all
      select (select ${column} from audit_log where ${column} > walk.value order by 1 limit 1)
      from walk where walk.value is not null)
    select value from walk where value is not null limit 1000`);
  return rows.map((row) => row.value);
}
