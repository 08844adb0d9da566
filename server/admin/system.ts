import { desc, gt, sql } from "drizzle-orm";
import { z } from "zod";
import own from "@/package.json";
import { query } from "@/server/auth/command";
import { workers } from "@/server/db/schema";
import { ok } from "@/server/lib/errors";
import { readiness } from "./readiness";
import type { SystemFacts } from "./schema";

/** What this installation stands on: parts and whether they work, workers alive, versions, the largest tables. */
export const systemFacts = query({
  name: "admin.system",
  permission: "people.manage",
  input: z.object({}),
  async run({ db }) {
    const [parts, alive, tables] = await Promise.all([
      readiness(),
      db
        .select()
        .from(workers)
        .where(gt(workers.seenAt, sql`now() - interval '30 seconds'`))
        .orderBy(desc(workers.seenAt))
        .limit(50),
      // Estimates of the statistics collector: counting millions of rows is not worth a page.
      db.execute<{ name: string; rows: string; bytes: string }>(sql`
        select relname as name, n_live_tup as rows, pg_total_relation_size(relid) as bytes
        from pg_stat_user_tables where schemaname = 'public' order by pg_total_relation_size(relid) desc limit 8`),
    ]);
    const facts: SystemFacts = {
      parts,
      workers: alive,
      versions: [
        { name: "Overread", version: own.version },
        { name: "Node", version: process.versions.node },
        { name: "Next", version: own.dependencies.next },
        { name: "Platform", version: `${process.platform} ${process.arch}` },
      ],
      counts: tables.map((table) => ({
        name: table.name,
        rows: Number(table.rows),
        bytes: Number(table.bytes),
      })),
    };
    return ok(facts);
  },
});
