import { inArray, sql } from "drizzle-orm";
import { actorName } from "@/server/auth/actor";
import { command } from "@/server/auth/command";
import type { Transaction } from "@/server/db/client";
import { quarantinedFilms } from "@/server/db/schema";
import { ok } from "@/server/lib/errors";
import { applyRows } from "../import/apply/apply-rows";
import { lockDataset } from "../import/apply/dataset";
import { makeStagedRows } from "../import/apply/stage";
import { decided, heldFilms } from "./held-films";
import { decisionInput } from "./schema";

/**
 * Says of films that somebody has looked at them and that no text in them names anybody: they become images of
 * their datasets, as if the import had taken them. A later import takes them without asking.
 */
export const clearFilms = command({
  name: "quarantine.clear",
  permission: "quarantine.decide",
  input: decisionInput,
  async run({ tx, actor, input, audit }) {
    const held = await heldFilms(tx, input.ids);
    const byDataset = Map.groupBy(held, ({ datasetName }) => datasetName);
    for (const [name, films] of byDataset) {
      const dataset = await lockDataset(tx, { name, format: "dicom", createdBy: actorName(actor) });
      await stageHeld(
        tx,
        films.map(({ id }) => id),
      );
      await applyRows(tx, dataset);
      // The next dataset's are made anew.
      await tx.execute(sql`drop table staged_rows, changed_images`);
    }
    const ids = held.map(({ id }) => id);
    await tx.update(quarantinedFilms).set(decided(actor, "cleared")).where(inArray(quarantinedFilms.id, ids));
    for (const { id, datasetName, path, reason } of held) {
      const object = { type: "quarantined film", id };
      audit({ action: "quarantine.cleared", object, detail: { dataset: datasetName, path, reason } });
    }
    return ok({ cleared: ids.length, datasets: [...byDataset.keys()] });
  },
});

async function stageHeld(tx: Transaction, ids: readonly number[]): Promise<void> {
  await makeStagedRows(tx);
  await tx.execute(sql`
    insert into staged_rows
    select r.* from quarantined_films q, jsonb_populate_record(null::staged_rows, q.staged) r
    where q.id = any(${`{${ids.join(",")}}`}::bigint[])`);
}
