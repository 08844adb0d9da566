import { ByteCursor } from "../byte-cursor";
import { readPickle } from "../pickle/read-pickle";
import { Dictionary, type Pickled } from "../pickle/values";
import { cutShort, refuseWeights } from "../refuse";
import type { StoredWeights } from "../stored";
import { stateDictionary, storagesOf } from "./state-dictionary";
import { bytesPerNumber } from "./storage-numbers";

/** MAGIC_NUMBER and PROTOCOL_VERSION of torch/serialization.py. */
const magic = 0x1950a86a20f9469cfc6cn;
const protocol = 1001;

/** Whether a file starts as PyTorch before 1.6 (and `_use_new_zipfile_serialization=False`) begins it. */
export function isTorchLegacy(bytes: Uint8Array): boolean {
  return legacyStart.every((byte, at) => bytes[at] === byte);
}

/** PROTO 2, LONG1 of 10 bytes, the magic number. */
const legacyStart = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

/**
 * A state dictionary as PyTorch saved it before 1.6: pickles of magic, protocol, system and the dictionary, then
 * the keys of its storages, then each storage as a count of 64 bits and its raw numbers.
 * @throws ExpectedFailure "invalid"
 */
export function readTorchLegacy(bytes: Uint8Array): StoredWeights {
  const cursor = new ByteCursor(bytes);
  if (readPickle(cursor) !== magic || readPickle(cursor) !== protocol) throw refuseWeights(cutShort);
  const system = readPickle(cursor);
  if (!(system instanceof Dictionary) || system.entries.get("little_endian") !== true) {
    throw refuseWeights("comes from a big-endian machine");
  }
  const saved = readPickle(cursor);
  const storages = storagesOf(saved);
  const numbers = new Map<string, Uint8Array>();
  for (const key of keysOf(readPickle(cursor))) {
    const storage = storages.get(key);
    const count = cursor.u64();
    if (!storage || storage.count !== count) throw refuseWeights(cutShort);
    numbers.set(key, cursor.take(count * bytesPerNumber(storage.kind)));
  }
  return {
    format: "torch-legacy",
    arrays: stateDictionary(saved, ({ key }) => numbers.get(key)),
  };
}

function keysOf(keys: Pickled): readonly string[] {
  const list: readonly Pickled[] = Array.isArray(keys) ? keys : [];
  return list.map((key) => {
    if (typeof key !== "string") throw refuseWeights(cutShort);
    return key;
  });
}
