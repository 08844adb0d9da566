import type { NamedArray } from "../named-array";

/** A safetensors file of float32 arrays. */
export function writeSafetensors(arrays: readonly NamedArray[]): Buffer {
  let end = 0;
  const header = Object.fromEntries(
    arrays.map(({ name, shape, values }) => {
      const from = end;
      end += values.byteLength;
      return [name, { dtype: "F32", shape, data_offsets: [from, end] }];
    }),
  );
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  const data = arrays.map(({ values }) => Buffer.from(values.buffer, values.byteOffset, values.byteLength));
  return Buffer.concat([length, json, ...data]);
}
