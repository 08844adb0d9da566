import { sizeOf } from "@/server/ml/named-array";
import { TorchStorage, TorchTensor } from "../pickle/values";
import { cutShort, refuseWeights } from "../refuse";

type Kind = { readonly bytes: number; readonly at?: (view: DataView, byte: number) => number };

/** PyTorch's storage classes; those without `at` are counters and masks, which no weight is. */
const kinds: Readonly<Record<string, Kind>> = {
  FloatStorage: { bytes: 4, at: (view, byte) => view.getFloat32(byte, true) },
  DoubleStorage: { bytes: 8, at: (view, byte) => view.getFloat64(byte, true) },
  HalfStorage: { bytes: 2, at: (view, byte) => halfToNumber(view.getUint16(byte, true)) },
  BFloat16Storage: { bytes: 2, at: bfloat16At },
  LongStorage: { bytes: 8 },
  IntStorage: { bytes: 4 },
  ShortStorage: { bytes: 2 },
  CharStorage: { bytes: 1 },
  ByteStorage: { bytes: 1 },
  BoolStorage: { bytes: 1 },
};

/** Bytes of one number in a storage of this class. */
export function bytesPerNumber(kind: string): number {
  return kindOf(kind).bytes;
}

/**
 * A tensor's numbers in row-major order, from the raw bytes of its storage. The strides count: channels-last
 * and transposed tensors are saved as they lie in memory.
 * @throws ExpectedFailure "invalid" when the storage holds no floating-point numbers, or too few
 */
export function tensorNumbers(
  { storage, offset, shape, strides }: TorchTensor,
  raw: Uint8Array,
): Float32Array {
  const { at, bytes } = kindOf(storage.kind);
  if (!at)
    throw refuseWeights(`holds ${storage.kind.replace("Storage", "").toLowerCase()} numbers for a weight`);
  if (raw.byteLength < storage.count * bytes) throw refuseWeights(cutShort);
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const values = new Float32Array(sizeOf(shape));
  const index = shape.map(() => 0);
  let place = offset;
  for (let row = 0; row < values.length; row++) {
    values[row] = at(view, place * bytes);
    // Counts the index up, the last axis first, and moves the place along.
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const [next, length, stride] = [(index[axis] ?? 0) + 1, shape[axis] ?? 0, strides[axis] ?? 0];
      index[axis] = next === length ? 0 : next;
      place += next === length ? -stride * (length - 1) : stride;
      if (next < length) break;
    }
  }
  return values;
}

/** All numbers of a storage's raw bytes, one after another. @throws ExpectedFailure "invalid" as above */
export function numbersInRow(kind: string, raw: Uint8Array): Float32Array {
  const count = raw.byteLength / bytesPerNumber(kind);
  const storage = new TorchStorage(kind, "", count);
  return tensorNumbers(new TorchTensor(storage, 0, [count], [1]), raw);
}

function kindOf(name: string): Kind {
  const kind = kinds[name];
  if (!kind) throw refuseWeights(`holds numbers of an unknown kind (${name})`);
  return kind;
}

/** IEEE 754 binary16. */
export function halfToNumber(bits: number): number {
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The upper half of a float32. */
export function bfloat16At(view: DataView, byte: number): number {
  const whole = new DataView(new ArrayBuffer(4));
  whole.setUint16(2, view.getUint16(byte, true), true);
  return whole.getFloat32(0, true);
}
