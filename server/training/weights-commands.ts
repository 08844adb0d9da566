import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { actorName } from "@/server/auth/actor";
import { command } from "@/server/auth/command";
import { weights } from "@/server/db/schema";
import { fail, ok } from "@/server/lib/errors";
import { type LoadedWeights, loadDenseNet } from "@/server/ml/weights/densenet121";
import { objectStore } from "@/server/storage/open";
import { encodeWeights } from "./weights-file";

const importInput = z.object({
  network: z.literal("densenet121", "Weights are imported for densenet121."),
  name: z.string().trim().min(1, "Give the weights a name.").max(120),
  /** A Keras `.h5` file, with or without its classifier. */
  bytes: z.instanceof(Uint8Array),
});

/**
 * Reads a base's weights from a Keras `.h5` file, checks every layer's name and shape, and keeps them under a
 * name.
 * Errors: conflict (the name is taken), invalid (no HDF5, cut short, another network; `detail` lists what is
 * missing and what has a wrong shape).
 */
export const importWeights = command({
  name: "weights.import",
  permission: "weights.import",
  input: importInput,
  async run({ tx, actor, input: { network, name, bytes }, audit }) {
    const { weights: arrays, unused } = await readFromFile(bytes);
    const file = createHash("sha256").update(bytes).digest("hex");
    const object = encodeWeights({ network, file }, arrays);
    const [row] = await tx
      .insert(weights)
      .values({
        name,
        network,
        format: "keras-h5",
        objectSha256: await objectStore().put(object),
        parameters: arrays.reduce((sum, array) => sum + array.values.length, 0),
        // What Keras Applications' DenseNet was trained on; the published preset overrides it.
        preprocess: "imagenet",
        missing: [],
        unused: [...unused],
        createdBy: actorName(actor),
      })
      .onConflictDoNothing({ target: weights.name })
      .returning();
    if (!row) return fail("conflict", `There are weights named ${name} already.`);
    audit({
      action: "weights.imported",
      object: { type: "weights", id: row.id },
      after: { name, network, file },
    });
    const { format, parameters, missing } = row;
    return ok({ name, network, format, parameters, missing, unused: row.unused });
  },
});

/** The reader of HDF5 wants a file. */
async function readFromFile(bytes: Uint8Array): Promise<LoadedWeights> {
  const folder = await mkdtemp(path.join(tmpdir(), "overread-weights-"));
  try {
    const file = path.join(folder, "weights.h5");
    await writeFile(file, bytes);
    return await loadDenseNet(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
