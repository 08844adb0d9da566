import { eq } from "drizzle-orm";
import { z } from "zod";
import { type Actor, actorName } from "@/server/auth/actor";
import { command } from "@/server/auth/command";
import type { Transaction } from "@/server/db/client";
import { imports } from "@/server/db/schema";
import { enqueue } from "@/server/jobs/queue";
import { fail, ok } from "@/server/lib/errors";
import { datasetFormat } from "./formats/registry";
import { allowedSource } from "./import/roots";
import { importInput } from "./schema";
import { findUpload, uploadOfSource } from "./uploads/upload-files";

type Noted = z.output<typeof importInput>;

/**
 * Notes an import and queues it for a worker; the page follows it by its number. Errors: not-found for a folder
 * from which nobody may import and for an upload that is not this person's.
 */
export const startImport = command({
  name: "import.start",
  permission: "datasets.import",
  input: importInput,
  async run({ tx, actor, input, audit }) {
    await checkSource(actor, input);
    const importId = await note(tx, actor, input);
    await enqueue(tx, "import", { importId });
    audit({ action: "import.queued", object: { type: "import", id: importId }, after: input });
    return ok({ importId });
  },
});

/** Queues an import once more as a new one: the same source under the same name. */
export const repeatImport = command({
  name: "import.repeat",
  permission: "datasets.import",
  input: z.object({ importId: z.int().positive() }),
  async run({ tx, actor, input, audit }) {
    const [row] = await tx.select().from(imports).where(eq(imports.id, input.importId));
    const again = importInput.safeParse({
      format: row?.format,
      source: row?.source,
      name: row?.datasetName,
      table: row?.tablePath ?? undefined,
    });
    if (!again.success) return fail("not-found", "There is no such import.");
    await checkSource(actor, again.data);
    const importId = await note(tx, actor, again.data);
    await enqueue(tx, "import", { importId });
    audit({ action: "import.queued", object: { type: "import", id: importId }, after: again.data });
    return ok({ importId });
  },
});

/** Notes an import that this process is about to do itself. */
export const noteImport = command({
  name: "import.note",
  permission: "datasets.import",
  input: importInput,
  async run({ tx, actor, input, audit }) {
    await checkSource(actor, input);
    const importId = await note(tx, actor, input);
    audit({ action: "import.started", object: { type: "import", id: importId }, after: input });
    return ok({ importId });
  },
});

/** A person may name her uploads and what lies below the folders for imports; the shell, anything. */
async function checkSource(actor: Actor, { source, table }: Noted): Promise<void> {
  if (actor.kind !== "person") return;
  const upload = uploadOfSource(source);
  if (upload === null) await allowedSource(source);
  else await findUpload(actor.userId, upload);
  if (table !== undefined) await allowedSource(table);
}

async function note(tx: Transaction, actor: Actor, input: Noted): Promise<number> {
  const [row] = await tx
    .insert(imports)
    .values({
      datasetName: input.name ?? datasetFormat(input.format).defaultDataset,
      format: input.format,
      source: input.source,
      tablePath: input.table,
      status: "queued",
      startedBy: actorName(actor),
      userId: actor.kind === "person" ? actor.userId : null,
    })
    .returning({ id: imports.id });
  if (!row) throw new Error("the import was not noted");
  return row.id;
}
