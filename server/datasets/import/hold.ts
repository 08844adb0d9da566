import postgres from "postgres";
import { env } from "@/server/lib/env";

/** Advisory lock classes: an import being done (by id), and the object store being written to by imports. */
export const importLock = 742_002;
export const storeLock = 742_003;

export type Hold = {
  /** Aborted when the database dropped the locks: others may take the import for abandoned from then on. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
};

/**
 * Says to every process that this one is at work on an import, until released or until the process ends: the
 * locks belong to a connection of their own. Null when another process is at it.
 */
export async function holdImport(importId: number): Promise<Hold | null> {
  const lost = new AbortController();
  const gone = Object.assign(new Error("the database dropped the import's locks"), {
    code: "CONNECTION_CLOSED",
  });
  // Not one of the pool's: after a loss the driver throws out of reach on a reserved connection (postgres #1208).
  const connection = postgres(env().DATABASE_URL ?? "", {
    max: 1,
    max_lifetime: null,
    connect_timeout: 10,
    onnotice: () => {},
    onclose: () => lost.abort(gone),
    connection: { application_name: "overread-import" },
  });
  const release = () => connection.end({ timeout: 5 });
  try {
    const [row] = await connection<{ held: boolean }[]>`
      select pg_try_advisory_lock(${importLock}::int, ${importId}::int) as held`;
    if (row?.held) await connection`select pg_advisory_lock_shared(${storeLock}::bigint)`;
    else await release();
    return row?.held ? { lost: lost.signal, release } : null;
  } catch (error) {
    await release();
    throw error;
  }
}
