import { z } from "zod";
import { sizeOf } from "../named-array";
import { ByteCursor } from "./byte-cursor";
import { cutShort, refuseWeights } from "./refuse";
import type { StoredArray, StoredWeights } from "./stored";
import { bytesPerNumber, numbersInRow } from "./torch/storage-numbers";

/** A header of a thousand tensors takes 100 KB. The format allows 100 MB, which to parse takes gigabytes. */
const mostHeaderBytes = 10_000_000;

/** A small number of 64 bits, then JSON's brace: no other format that is read here starts so. */
export function isSafetensors(bytes: Uint8Array): boolean {
  return bytes[8] === 0x7b && bytes[7] === 0 && bytes[6] === 0;
}

/**
 * A safetensors file: the header's length, the header as JSON, and the tensors' bytes, which it says lie one behind
 * the other without gaps or overlaps to the file's end.
 * @throws ExpectedFailure "invalid" for a file that is cut short or breaks these rules
 */
export function readSafetensors(bytes: Uint8Array): StoredWeights {
  const cursor = new ByteCursor(bytes);
  const length = cursor.u64();
  if (length > mostHeaderBytes) throw refuseWeights("has a header longer than any list of weights");
  const header = parse(cursor.text(length));
  const data = cursor.take(cursor.left);
  const tensors = Object.entries(header).flatMap(([name, value]) =>
    name === "__metadata__" ? [] : [{ name, ...descriptionOf(name, value) }],
  );
  checkPlaces(tensors, data.byteLength);
  return {
    format: "safetensors",
    arrays: new Map(tensors.map(({ name, ...tensor }) => [name, arrayOf(tensor, data)])),
  };
}

const description = z.object({
  dtype: z.string(),
  shape: z.array(z.int().min(0)).max(8),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
});
type Tensor = z.infer<typeof description>;

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch (cause) {
    throw refuseWeights("has a header that is no JSON object", cause);
  }
}

function descriptionOf(name: string, value: unknown): Tensor {
  const tensor = description.safeParse(value);
  if (tensor.success) return tensor.data;
  throw refuseWeights(`describes ${name.slice(0, 80)} in a way that safetensors does not`);
}

function checkPlaces(tensors: readonly (Tensor & { readonly name: string })[], bytes: number): void {
  let end = 0;
  const byPlace = [...tensors].sort((a, b) => a.data_offsets[0] - b.data_offsets[0]);
  for (const { name, dtype, shape, data_offsets } of byPlace) {
    const [from, to] = data_offsets;
    if (to > bytes) throw refuseWeights(cutShort);
    if (from < end) throw refuseWeights(`lets ${name} overlap another tensor`);
    if (from > end) throw refuseWeights(`has a gap before ${name}`);
    const kind = kinds.get(dtype);
    if (kind && to - from !== sizeOf(shape) * bytesPerNumber(kind)) {
      throw refuseWeights(`gives ${name} ${to - from} bytes for ${shape.join(" × ")} numbers of ${dtype}`);
    }
    end = to;
  }
  if (end !== bytes) throw refuseWeights("goes on behind its last tensor");
}

function arrayOf({ dtype, shape, data_offsets: [from, to] }: Tensor, data: Uint8Array): StoredArray {
  return {
    shape,
    read() {
      const kind = kinds.get(dtype);
      if (!kind) throw refuseWeights(`holds numbers of an unknown kind (${dtype.slice(0, 20)})`);
      return numbersInRow(kind, data.subarray(from, to));
    },
  };
}

/** Its kinds of numbers by PyTorch's names of their storages. */
const kinds: ReadonlyMap<string, string> = new Map([
  ["F64", "DoubleStorage"],
  ["F32", "FloatStorage"],
  ["F16", "HalfStorage"],
  ["BF16", "BFloat16Storage"],
  ["I64", "LongStorage"],
  ["I32", "IntStorage"],
  ["I16", "ShortStorage"],
  ["I8", "CharStorage"],
  ["U8", "ByteStorage"],
  ["BOOL", "BoolStorage"],
]);
