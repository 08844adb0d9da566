import { type Entry, fromBufferPromise, type ZipFile } from "yauzl";
import { ExpectedFailure } from "@/server/lib/errors";
import { ByteCursor } from "../byte-cursor";
import { readPickle } from "../pickle/read-pickle";
import { cutShort, refuseWeights } from "../refuse";
import type { StoredWeights } from "../stored";
import { stateDictionary } from "./state-dictionary";

/**
 * A state dictionary as PyTorch saves it since 1.6: a zip of the pickle `…/data.pkl` and, for each storage, its
 * raw numbers in `…/data/<key>`. PyTorch packs none of them, so nothing is unpacked: what is packed is refused,
 * and so is an archive that promises more than the file can hold.
 * @throws ExpectedFailure "invalid"
 */
export async function readTorchZip(bytes: Uint8Array): Promise<StoredWeights> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const zip = await fromBufferPromise(file).catch(damaged);
  try {
    const entries = await entriesOf(zip, file.length);
    const [pickleName] = [...entries.keys()].filter((name) => /^[^/]+\/data\.pkl$/.test(name));
    if (pickleName === undefined) throw refuseWeights(notByTorch(entries));
    const folder = pickleName.slice(0, -"data.pkl".length);
    const order = entries.get(`${folder}byteorder`);
    if (order?.toString("latin1").trim() === "big") throw refuseWeights("comes from a big-endian machine");
    const saved = readPickle(new ByteCursor(entries.get(pickleName) ?? new Uint8Array()));
    return {
      format: "torch-zip",
      arrays: stateDictionary(saved, ({ key }) => entries.get(`${folder}data/${key}`)),
    };
  } catch (error) {
    return damaged(error);
  } finally {
    zip.close();
  }
}

/** DenseNet-121 has 727 tensors, each a file. */
const mostEntries = 20_000;

/** Every entry's bytes by its name. */
async function entriesOf(zip: ZipFile, fileSize: number): Promise<ReadonlyMap<string, Buffer>> {
  if (zip.entryCount > mostEntries)
    throw refuseWeights("is an archive of more files than weights have tensors");
  const entries = new Map<string, Buffer>();
  let promised = 0;
  for await (const entry of zip.eachEntry()) {
    promised += entry.uncompressedSize;
    if (entry.compressionMethod !== 0)
      throw refuseWeights("is a packed archive; PyTorch packs none of its files");
    // Entries that share their bytes pass each by itself (Fifield 2019, "A better zip bomb").
    if (promised > fileSize) throw refuseWeights("promises more bytes than it has");
    if (entries.has(entry.fileName)) throw refuseWeights(`holds ${entry.fileName} twice`);
    entries.set(entry.fileName, await contentOf(zip, entry));
  }
  return entries;
}

async function contentOf(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function notByTorch(entries: ReadonlyMap<string, Buffer>): string {
  const names = [...entries.keys()];
  return names.includes("model.weights.h5")
    ? "is a whole Keras model (.keras); save its weights by save_weights(“….weights.h5”) and import those"
    : "is a zip archive, but not one that PyTorch saved";
}

/** yauzl throws plain errors for whatever is wrong with a file. */
function damaged(cause: unknown): never {
  throw cause instanceof ExpectedFailure ? cause : refuseWeights(cutShort, cause);
}
