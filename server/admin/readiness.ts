import { sql } from "drizzle-orm";
import journal from "@/drizzle/meta/_journal.json";
import { database } from "@/server/db/client";
import { messageOf } from "@/server/lib/errors";
import { objectStore } from "@/server/storage/open";
import type { Part } from "./schema";

const limitMs = 3_000;

/** Whether database, migrations and storage would serve a request now; each answers within three seconds. */
export async function readiness(): Promise<readonly Part[]> {
  return Promise.all([
    examine("database", async () => {
      const [row] = await database().execute<{ version: string }>(
        sql`select current_setting('server_version') as version`,
      );
      return `PostgreSQL ${row?.version}`;
    }),
    examine("migrations", async () => {
      const [row] = await database().execute<{ applied: number }>(
        sql`select count(*)::int as applied from drizzle.__drizzle_migrations`,
      );
      const applied = row?.applied ?? 0;
      if (applied < journal.entries.length) {
        throw new Error(`${applied} of ${journal.entries.length} applied; restart to apply the rest`);
      }
      return `${applied} applied`;
    }),
    examine("storage", async () => {
      const store = objectStore();
      await store.check();
      return store.kind === "s3" ? "S3 bucket" : "folder";
    }),
  ]);
}

async function examine(name: string, look: () => Promise<string>): Promise<Part> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), limitMs);
  const tooLate = new Promise<never>((_, reject) => {
    late.signal.addEventListener("abort", () => reject(new Error(`no answer within ${limitMs / 1000} s`)));
  });
  try {
    return { name, ok: true, detail: await Promise.race([look(), tooLate]) };
  } catch (error) {
    return { name, ok: false, detail: messageOf(error) };
  } finally {
    clearTimeout(timer);
  }
}
