import { Dictionary, type Pickled, type TorchStorage, TorchTensor } from "../pickle/values";
import { cutShort, refuseWeights } from "../refuse";
import type { StoredArray } from "../stored";
import { tensorNumbers } from "./storage-numbers";

/** Under which a checkpoint keeps its state dictionary beside epoch, optimizer and the like. */
const wrappers = ["state_dict", "model_state_dict", "model"] as const;

/**
 * The tensors of a saved state dictionary by name, bare or within a checkpoint.
 * @param rawOf the bytes of a storage; undefined where the file has none
 * @throws ExpectedFailure "invalid" when the file holds no tensors by name
 */
export function stateDictionary(
  saved: Pickled,
  rawOf: (storage: TorchStorage) => Uint8Array | undefined,
): Map<string, StoredArray> {
  const tensors = tensorsOf(saved);
  if (tensors.length === 0) throw refuseWeights("holds no state dictionary: no tensors by name");
  return new Map(
    tensors.map(([name, tensor]) => [
      name,
      {
        shape: tensor.shape,
        read() {
          const raw = rawOf(tensor.storage);
          if (!raw) throw refuseWeights(cutShort);
          return tensorNumbers(tensor, raw);
        },
      },
    ]),
  );
}

/** Every storage that a saved value refers to, by key. The value may refer to itself, so each part counts once. */
export function storagesOf(saved: Pickled): Map<string, TorchStorage> {
  const storages = new Map<string, TorchStorage>();
  const seen = new Set<Pickled>();
  const waiting: Pickled[] = [saved];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (value instanceof TorchTensor) storages.set(value.storage.key, value.storage);
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    if (value instanceof Dictionary) for (const inner of value.entries.values()) waiting.push(inner);
    else if (Array.isArray(value)) for (const inner of value as readonly Pickled[]) waiting.push(inner);
  }
  return storages;
}

function tensorsOf(saved: Pickled): [string, TorchTensor][] {
  if (!(saved instanceof Dictionary)) return [];
  const wrapped = wrappers
    .map((name) => saved.entries.get(name))
    .find((value) => value instanceof Dictionary);
  const entries = [...(wrapped instanceof Dictionary ? wrapped : saved).entries];
  return entries.flatMap(([name, value]): [string, TorchTensor][] =>
    typeof name === "string" && value instanceof TorchTensor ? [[name, value]] : [],
  );
}
