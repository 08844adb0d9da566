import { z } from "zod";
import { command } from "@/server/auth/command";
import { driver } from "@/server/db/client";
import { csvCell } from "@/server/lib/csv-cell";
import { ok } from "@/server/lib/errors";

const columns = [
  "id",
  "at",
  "actor",
  "action",
  "objectType",
  "objectId",
  "detail",
  "previousHash",
  "hash",
] as const;

type ExportedRow = { [Column in (typeof columns)[number]]: string | null };

/**
 * Notes that the trail is exported and returns its lines as CSV, head first, in steps of 1,000 rows: memory stays
 * the same however long it is. The export ends with the row that notes it.
 */
export const exportAudit = command({
  name: "audit.export",
  permission: "audit.view",
  input: z.object({}),
  async run({ audit }) {
    audit({ action: "audit.exported" });
    return ok({ lines: auditLines() });
  },
});

async function* auditLines(): AsyncGenerator<string> {
  yield `${columns.join(",")}\n`;
  // The rows that are there now: the trail may grow while it is read.
  const pages = driver()<ExportedRow[]>`
    select id::text, to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, actor, action,
      object_type as "objectType", object_id as "objectId", detail::text, previous_hash as "previousHash", hash
    from audit_log where id <= (select max(id) from audit_log) order by id`.cursor(1000);
  for await (const rows of pages) {
    yield rows.map((row) => `${columns.map((column) => csvCell(row[column])).join(",")}\n`).join("");
  }
}
