import { createHash } from "node:crypto";
import { z } from "zod";
import { actorName } from "@/server/auth/actor";
import { command } from "@/server/auth/command";
import { weights } from "@/server/db/schema";
import { fail, ok } from "@/server/lib/errors";
import { preprocessNames } from "@/server/ml/preprocess-names";
import { mapEnds } from "@/server/ml/weights/facts";
import { loadWeights, pretrainedNetworks } from "@/server/ml/weights/load";
import { objectStore } from "@/server/storage/open";
import { encodeWeights } from "./weights-file";
import { presetOfFile } from "./weights-presets";

/** What whoever imports knows better than the file says. */
const knownFacts = z.object({
  preprocess: z.enum(preprocessNames).optional(),
  ends: z.enum(mapEnds).optional(),
  outputs: z.array(z.string().max(120)).max(1_000).readonly().optional(),
});

/** Files are read into memory; DenseNet-121 with its classifier takes 33 MB. */
export const mostWeightsBytes = 512 * 1024 * 1024;

const importInput = z.object({
  network: z.enum(pretrainedNetworks, `Weights are imported for ${pretrainedNetworks.join(" or ")}.`),
  name: z.string().trim().min(1, "Give the weights a name.").max(120),
  /** A file of any format that `server/ml/weights` reads, with or without its classifier. */
  bytes: z
    .instanceof(Uint8Array)
    .refine((bytes) => bytes.byteLength <= mostWeightsBytes, "A weights file may have up to 512 MB."),
  known: knownFacts.default({}),
});

/**
 * Reads a base's weights from a file, checks every layer's name and shape, and keeps them under a name.
 * Errors: conflict (the name is taken), invalid (a file of no known format, cut short, not to be trusted, or of
 * another network; `detail` lists what is missing and what has a wrong shape).
 */
export const importWeights = command({
  name: "weights.import",
  permission: "weights.import",
  input: importInput,
  async run({ tx, actor, input: { network, name, bytes, known }, audit }) {
    const loaded = await loadWeights(network, bytes);
    const { parameters, unused, format } = loaded;
    // The file of a preset says less than is known of it, wherever it was found.
    const published = presetOfFile(bytes)?.known;
    const preprocess = known.preprocess ?? published?.preprocess ?? loaded.preprocess;
    const ends = known.ends ?? published?.ends ?? loaded.ends;
    const outputs = known.outputs ?? loaded.outputs;
    if (known.outputs && loaded.classes !== known.outputs.length) {
      const holds = loaded.classes === null ? "has no classifier" : `tells ${loaded.classes} classes apart`;
      return fail(
        "invalid",
        `The weights file ${holds}, where ${known.outputs.length} outputs are expected.`,
      );
    }
    const file = createHash("sha256").update(bytes).digest("hex");
    const object = encodeWeights({ network, file, ends }, loaded.weights);
    const [row] = await tx
      .insert(weights)
      .values({
        name,
        network,
        format,
        objectSha256: await objectStore().put(object),
        parameters,
        preprocess,
        ends,
        outputs: outputs && [...outputs],
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
      after: { name, network, file, preprocess, ends },
    });
    return ok({
      ...{ name, network, format, parameters, preprocess, ends, outputs },
      ...{ missing: row.missing, unused: row.unused },
    });
  },
});
