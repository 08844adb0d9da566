import { and, asc, count, desc, eq, gt, lt } from "drizzle-orm";
import { z } from "zod";
import { query } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { importRejections, imports } from "@/server/db/schema";
import { csvCell } from "@/server/lib/csv-cell";
import { fail, ok } from "@/server/lib/errors";
import { importRoots } from "./import/roots";
import type { ImportProgress, ImportResult } from "./schema";

export type ImportShown = {
  readonly id: number;
  readonly dataset: string;
  readonly format: string;
  /** Without the number of an upload. */
  readonly source: string;
  readonly status: "queued" | "running" | "done" | "failed";
  readonly startedBy: string;
  readonly createdAt: string;
  readonly finishedAt: string | null;
  readonly progress: ImportProgress | null;
  readonly result: ImportResult | null;
  readonly error: string | null;
};

const pageSize = 20;
const rejectionPage = 100;

/** Imports, newest first, a page at a time; and the folders from which people may import. */
export const listImports = query({
  name: "imports.list",
  permission: "datasets.import",
  input: z.object({ before: z.coerce.number().int().positive().optional() }),
  async run({ db, input }) {
    const rows = await db
      .select()
      .from(imports)
      .where(input.before === undefined ? undefined : lt(imports.id, input.before))
      .orderBy(desc(imports.id))
      .limit(pageSize + 1);
    const shown = rows.slice(0, pageSize).map(shownOf);
    return ok({
      imports: shown,
      next: rows.length > pageSize ? shown.at(-1)?.id : undefined,
      roots: importRoots(),
    });
  },
});

export const showImport = query({
  name: "import.show",
  permission: "datasets.import",
  input: z.object({ id: z.coerce.number().int().positive() }),
  async run({ db, input }) {
    const [row] = await db.select().from(imports).where(eq(imports.id, input.id));
    return row ? ok(shownOf(row)) : fail("not-found", "There is no such import.");
  },
});

/** Rows that an import could not take, in the order of the table; `after` is the last line of the page before. */
export const listRejections = query({
  name: "import.rejections",
  permission: "datasets.import",
  input: z.object({
    id: z.coerce.number().int().positive(),
    after: z.coerce.number().int().min(0).default(0),
  }),
  async run({ db, input: { id, after } }) {
    const rows = await rejectionsAfter(id, after, rejectionPage + 1);
    const [total] = await db
      .select({ rows: count() })
      .from(importRejections)
      .where(eq(importRejections.importId, id));
    const page = rows.slice(0, rejectionPage);
    return ok({
      rows: page,
      total: total?.rows ?? 0,
      next: rows.length > rejectionPage ? page.at(-1)?.line : undefined,
    });
  },
});

/** The same as CSV, streamed. */
export const exportRejections = query({
  name: "import.rejections.export",
  permission: "datasets.import",
  input: z.object({ id: z.coerce.number().int().positive() }),
  async run({ db, input }) {
    const [row] = await db.select({ id: imports.id }).from(imports).where(eq(imports.id, input.id));
    if (!row) return fail("not-found", "There is no such import.");
    return ok({ lines: rejectionLines(input.id) });
  },
});

async function* rejectionLines(id: number): AsyncGenerator<string> {
  yield "line,path,reason\n";
  let after = 0;
  for (;;) {
    const rows = await rejectionsAfter(id, after, 5000);
    for (const row of rows) yield `${row.line},${csvCell(row.path)},${csvCell(row.reason)}\n`;
    if (rows.length < 5000) return;
    after = rows.at(-1)?.line ?? Number.MAX_SAFE_INTEGER;
  }
}

/** A line of the table is rejected once, so lines page. */
function rejectionsAfter(id: number, after: number, limit: number) {
  return database()
    .select({ line: importRejections.line, path: importRejections.path, reason: importRejections.reason })
    .from(importRejections)
    .where(and(eq(importRejections.importId, id), gt(importRejections.line, after)))
    .orderBy(asc(importRejections.line))
    .limit(limit);
}

function shownOf(row: typeof imports.$inferSelect): ImportShown {
  return {
    id: row.id,
    dataset: row.datasetName,
    format: row.format,
    source: row.source.replace(/^upload:[0-9a-f-]{36}\//, ""),
    status: row.status,
    startedBy: row.startedBy,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    progress: row.progress as ImportProgress | null,
    result: row.result as ImportResult | null,
    error: row.error,
  };
}
