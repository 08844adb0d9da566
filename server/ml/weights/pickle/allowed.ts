import { refuseWeights } from "../refuse";
import { Dictionary, Global, type Pickled, TorchStorage, TorchTensor } from "./values";

/** Numbers of each storage class: bytes apiece, by PyTorch's names. */
const storageClasses = [
  "FloatStorage",
  "DoubleStorage",
  "HalfStorage",
  "BFloat16Storage",
  "LongStorage",
  "IntStorage",
  "ShortStorage",
  "CharStorage",
  "ByteStorage",
  "BoolStorage",
] as const;

const rebuildTensor = "torch._utils._rebuild_tensor_v2";
const rebuildParameter = "torch._utils._rebuild_parameter";
const orderedDict = "collections.OrderedDict";

const allowed: ReadonlySet<string> = new Set([
  orderedDict,
  rebuildTensor,
  rebuildParameter,
  ...storageClasses.map((name) => `torch.${name}`),
]);

/** @throws ExpectedFailure "invalid" for any name that weights do not need: nothing is ever looked up or run. */
export function allowedGlobal(module: string, name: string): Global {
  const full = `${module}.${name}`;
  if (allowed.has(full)) return new Global(full);
  const shown = full.replace(/[^\w.]/g, "?").slice(0, 80);
  throw refuseWeights(
    `asks for ${shown}. Only tensors and plain containers are read from it, and nothing was run. ` +
      "If it is a whole pickled model, save its state_dict() and import that",
  );
}

/** What the three callables of the allow-list build. @throws ExpectedFailure "invalid" for anything else */
export function build(callable: Pickled | undefined, given: Pickled | undefined): Pickled {
  if (callable instanceof Global && Array.isArray(given)) {
    const parts: readonly Pickled[] = given;
    if (callable.name === orderedDict && parts.length === 0) return new Dictionary();
    if (callable.name === rebuildTensor) return tensorOf(parts);
    const [data] = parts;
    if (callable.name === rebuildParameter && data instanceof TorchTensor) return data;
  }
  throw refuseWeights("calls something that only rebuilding tensors may call; nothing was run");
}

/** The numbers that a persistent id names: ("storage", class, key, device, count[, view]). */
export function storageOf(id: Pickled | undefined): TorchStorage {
  if (Array.isArray(id)) {
    const [tag, kind, key, , count, view] = id as readonly Pickled[];
    const isStorage = tag === "storage" && kind instanceof Global && kind.name.endsWith("Storage");
    // A view of another storage comes from PyTorch before 0.4 alone.
    if (isStorage && typeof key === "string" && isCount(count) && (view ?? null) === null) {
      return new TorchStorage(kind.name.slice("torch.".length), key, count);
    }
  }
  throw refuseWeights("refers to something outside of it that is no tensor's numbers");
}

const mostDimensions = 8;

function tensorOf([storage, offset, shape, strides]: readonly Pickled[]): TorchTensor {
  const fits =
    storage instanceof TorchStorage &&
    isCount(offset) &&
    isCounts(shape) &&
    isCounts(strides) &&
    shape.length === strides.length &&
    shape.length <= mostDimensions;
  if (!fits) throw refuseWeights("describes a tensor in a way that PyTorch does not");
  const last = offset + shape.reduce((sum, length, axis) => sum + (length - 1) * (strides[axis] ?? 0), 0);
  const size = shape.reduce((product, length) => product * length, 1);
  // A size beyond its storage comes from repeated cells (stride 0): no weight is stored so, but a bomb would be.
  if (size > 0 && (last >= storage.count || size > storage.count)) {
    throw refuseWeights(`describes a tensor of ${shape.join(" × ")} over ${storage.count} numbers`);
  }
  return new TorchTensor(storage, offset, shape, strides);
}

function isCounts(value: Pickled | undefined): value is readonly number[] {
  return Array.isArray(value) && (value as readonly Pickled[]).every(isCount);
}

function isCount(value: Pickled | undefined): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
