import { setTimeout as sleep } from "node:timers/promises";
import { and, inArray, sql } from "drizzle-orm";
import type { Actor } from "@/server/auth/actor";
import { command } from "@/server/auth/command";
import { imageObjects, quarantinedFilms } from "@/server/db/schema";
import { fail, ok, type Result } from "@/server/lib/errors";
import { log } from "@/server/lib/log";
import { objectStore } from "@/server/storage/open";
import { removeUnreferenced } from "../import/abandoned";
import { storeLock } from "../import/hold";
import { decided, heldFilms } from "./held-films";
import { decisionInput } from "./schema";

/**
 * Refuses films for good: their files are taken out of the store, and a later import refuses them again. Fails
 * with `conflict` while an import is at work, which may count on the same files.
 */
export async function rejectFilms(
  actor: Actor,
  input: { ids: number[] },
): Promise<Result<{ rejected: number }>> {
  const result = await reject(actor, input);
  if (!result.ok) return result;
  const { rejected, objects } = result.value;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (await removeUnreferenced(objects, objectStore())) return ok({ rejected });
    await sleep(500);
  }
  log("quarantine").error({ objects }, "an import began at that moment: files of rejected films stayed");
  return ok({ rejected });
}

const reject = command({
  name: "quarantine.reject",
  permission: "quarantine.decide",
  input: decisionInput,
  async run({ tx, actor, input, audit }) {
    const [lock] = await tx.execute<{ free: boolean }>(
      sql`select pg_try_advisory_xact_lock(${storeLock}::bigint) as free`,
    );
    if (!lock?.free) return fail("conflict", "An import is at work. Reject these films when it is done.");
    const held = await heldFilms(tx, input.ids);
    const ids = held.map(({ id }) => id);
    const films = held.flatMap(({ objectSha256 }) => objectSha256 ?? []);
    await tx
      .update(quarantinedFilms)
      .set({ ...decided(actor, "rejected"), objectSha256: null, staged: {} })
      .where(inArray(quarantinedFilms.id, ids));
    const removed = await tx
      .delete(imageObjects)
      .where(
        and(
          inArray(imageObjects.sha256, films),
          sql`not exists (select from images i where i.object_sha256 = ${imageObjects.sha256})`,
          sql`not exists (select from quarantined_films q where q.object_sha256 = ${imageObjects.sha256})`,
        ),
      )
      .returning();
    for (const { id, datasetName, path, reason } of held) {
      const object = { type: "quarantined film", id };
      audit({ action: "quarantine.rejected", object, detail: { dataset: datasetName, path, reason } });
    }
    const objects = removed.flatMap((film) =>
      [film.sha256, film.thumbnailSha256, film.dicomSha256].filter((sha256) => sha256 !== null),
    );
    return ok({ rejected: ids.length, objects });
  },
});
