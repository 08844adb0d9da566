import { sql } from "drizzle-orm";
import { database } from "@/server/db/client";
import { log } from "@/server/lib/log";
import type { ObjectStore } from "@/server/storage/object-store";
import { importLock, storeLock } from "./hold";
import { importsWithWorkFolder, journaledObjects, removeWorkFolder } from "./work-folder";

/**
 * Settles what killed processes left: imports that say they run while nobody is at them fail, and what they put
 * into the store is taken out again where nothing refers to it.
 * @param except the import that is about to begin
 */
export async function clearAbandoned(store: ObjectStore, except: number): Promise<void> {
  const failed = await database().execute<{ id: number }>(sql`
    update imports set status = 'failed', finished_at = now(), progress = null,
      error = 'The process that did this import was ended. Nothing was imported; import again.'
    where status = 'running' and id <> ${except} and pg_try_advisory_xact_lock(${importLock}::int, id::int)
    returning id`);
  for (const { id } of failed) log("import").warn({ importId: id }, "an import was found abandoned");
  for (const id of await importsWithWorkFolder()) if (id !== except) await clearWork(id, store);
}

/**
 * Takes out of the store what an import put there and nothing refers to, and removes its work folder. Where
 * another import is at work, this is left for later: it may count on the same objects.
 */
export async function clearWork(importId: number, store: ObjectStore): Promise<void> {
  if (await isHeld(importId)) return;
  const objects = await journaledObjects(importId);
  for (let at = 0; at < objects.length; at += objectsAtOnce) {
    if (!(await removeUnreferenced(objects.slice(at, at + objectsAtOnce), store))) return;
  }
  await removeWorkFolder(importId);
}

/** Imports wait while a batch is removed; so it is a small one. */
const objectsAtOnce = 200;

async function isHeld(importId: number): Promise<boolean> {
  const [row] = await database().execute<{ free: boolean }>(
    sql`select pg_try_advisory_xact_lock(${importLock}::int, ${importId}::int) as free`,
  );
  return row?.free !== true;
}

/** Takes objects that nothing refers to out of the store. False when an import is at work. */
export function removeUnreferenced(sha256s: readonly string[], store: ObjectStore): Promise<boolean> {
  return database().transaction(async (tx) => {
    const [lock] = await tx.execute<{ free: boolean }>(
      sql`select pg_try_advisory_xact_lock(${storeLock}::bigint) as free`,
    );
    if (lock?.free !== true) return false;
    const unreferenced = await tx.execute<{ sha256: string }>(sql`
      select o.sha256 from unnest(${`{${sha256s.join(",")}}`}::text[]) as o (sha256)
      where not exists (select from image_objects i where i.sha256 = o.sha256)
        and not exists (select from image_objects i where i.thumbnail_sha256 = o.sha256)
        and not exists (select from image_objects i where i.dicom_sha256 = o.sha256)
        and not exists (select from images i where i.lung_mask_sha256 = o.sha256)
        and not exists (select from objects b where b.sha256 = o.sha256)`);
    for (const { sha256 } of unreferenced) await store.remove(sha256);
    return true;
  });
}
