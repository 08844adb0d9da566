import { sql } from "drizzle-orm";
import { database, type Executor } from "@/server/db/client";
import { workers } from "@/server/db/schema";

/** Whether any worker has been heard of within the last 20 seconds; each one beats every five. */
export async function workerAlive(): Promise<boolean> {
  const [row] = await database().select({ id: workers.id }).from(workers).where(recently).limit(1);
  return row !== undefined;
}

/** Whether one of them is known to compute on a GPU; a worker says so once it has trained something. */
export async function gpuAlive(db: Executor): Promise<boolean> {
  const [row] = await db
    .select({ id: workers.id })
    .from(workers)
    .where(sql`${recently} and ${workers.engine}->>'device' = 'GPU'`)
    .limit(1);
  return row !== undefined;
}

const recently = sql`${workers.seenAt} > now() - interval '20 seconds'`;
