import { sql } from "drizzle-orm";
import type { Transaction } from "@/server/db/client";

/** Puts `staged_quarantine` where nothing but the quarantine page sees it. What was decided stays decided. */
export async function holdFilms(tx: Transaction, importId: number, datasetName: string): Promise<void> {
  await tx.execute(sql`
    insert into quarantined_films (import_id, dataset_name, path, reason, staged, object_sha256)
    select ${importId}, ${datasetName}, path, reason, to_jsonb(staged_quarantine.*) - 'reason', object_sha256
    from staged_quarantine order by line
    on conflict (dataset_name, path) do update set
      import_id = excluded.import_id, reason = excluded.reason, staged = excluded.staged,
      object_sha256 = excluded.object_sha256
    where quarantined_films.state = 'held'`);
}
