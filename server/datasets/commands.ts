import { eq } from "drizzle-orm";
import { z } from "zod";
import { type Actor, actorName } from "@/server/auth/actor";
import { command } from "@/server/auth/command";
import { imports } from "@/server/db/schema";
import { enqueue } from "@/server/jobs/queue";
import { ok, type Result } from "@/server/lib/errors";
import { datasetFormat } from "./formats/registry";
import { performImport } from "./import/perform";
import { allowedSource } from "./import/roots";
import { type ImportInput, type ImportProgress, type ImportResult, importInput } from "./schema";

/** Notes an import and queues it for a worker; the page follows it by its number. */
export const startImport = command({
  name: "import.start",
  permission: "datasets.import",
  input: importInput,
  async run({ tx, actor, input, audit }) {
    if (actor.kind === "person") await allowedSource(input.source);
    const importId = await note(tx, actor, input, "queued");
    await enqueue(tx, "import", { importId });
    audit({ action: "import.queued", object: { type: "import", id: importId }, after: input });
    return ok({ importId });
  },
});

const noteImport = command({
  name: "import.run",
  permission: "datasets.import",
  input: importInput,
  async run({ tx, actor, input, audit }) {
    const importId = await note(tx, actor, input, "running");
    audit({ action: "import.started", object: { type: "import", id: importId }, after: input });
    return ok({ importId });
  },
});

/** Imports in this process and waits: what the command line does. */
export async function importNow(
  actor: Actor,
  input: ImportInput,
  onProgress?: (progress: ImportProgress) => void,
): Promise<Result<ImportResult>> {
  const noted = await noteImport(actor, input);
  if (!noted.ok) return noted;
  return performImport(actor, noted.value.importId, { onProgress });
}

type Tx = Parameters<Parameters<typeof command>[0]["run"]>[0]["tx"];

async function note(tx: Tx, actor: Actor, input: z.output<typeof importInput>, status: "queued" | "running") {
  const [row] = await tx
    .insert(imports)
    .values({
      datasetName: input.name ?? datasetFormat(input.format).defaultDataset,
      format: input.format,
      source: input.source,
      tablePath: input.table,
      status,
      startedBy: actorName(actor),
      userId: actor.kind === "person" ? actor.userId : null,
    })
    .returning({ id: imports.id });
  if (!row) throw new Error("the import was not noted");
  return row.id;
}

/** Takes a failed or finished import's number and queues the same again. */
export const repeatImport = command({
  name: "import.repeat",
  permission: "datasets.import",
  input: z.object({ importId: z.number().int().positive() }),
  async run({ tx, actor, input, audit }) {
    const [row] = await tx.select().from(imports).where(eq(imports.id, input.importId));
    if (!row) return { ok: false, code: "not-found", message: "There is no such import." };
    const again = importInput.parse({
      format: row.format,
      source: row.source,
      name: row.datasetName,
      table: row.tablePath ?? undefined,
    });
    const importId = await note(tx, actor, again, "queued");
    await enqueue(tx, "import", { importId });
    audit({ action: "import.queued", object: { type: "import", id: importId }, after: again });
    return ok({ importId });
  },
});
