import { sql } from "drizzle-orm";
import { database } from "@/server/db/client";
import { workers } from "@/server/db/schema";

/** Whether any worker has been heard of within the last 20 seconds; each one beats every five. */
export async function workerAlive(): Promise<boolean> {
  const [row] = await database()
    .select({ id: workers.id })
    .from(workers)
    .where(sql`${workers.seenAt} > now() - interval '20 seconds'`)
    .limit(1);
  return row !== undefined;
}
