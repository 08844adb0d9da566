/** A field of a protocol buffer message as its bytes (protobuf.dev, "Encoding"): all that a graph needs of it. */
export type Field = Buffer;

/** int32, int64, bool or enum. Negative numbers take two's complement of 64 bits, as the format wants. */
export function int(field: number, value: number | boolean): Field {
  return Buffer.concat([tag(field, 0), varint(BigInt.asUintN(64, BigInt(value)))]);
}

export function float(field: number, value: number): Field {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([tag(field, 5), bytes]);
}

export function text(field: number, value: string): Field {
  return bytes(field, Buffer.from(value));
}

export function bytes(field: number, value: Uint8Array): Field {
  return Buffer.concat([tag(field, 2), varint(BigInt(value.length)), value]);
}

export function message(field: number, ...fields: readonly Field[]): Field {
  return bytes(field, Buffer.concat(fields));
}

/** An entry of a `map<string, …>`; the value is made as field 2. */
export function entry(field: number, key: string, value: Field): Field {
  return message(field, text(1, key), value);
}

function tag(field: number, wireType: number): Buffer {
  return varint(BigInt((field << 3) | wireType));
}

function varint(value: bigint): Buffer {
  const groups: number[] = [];
  let rest = value;
  do {
    const group = Number(rest & 0x7fn);
    rest >>= 7n;
    groups.push(rest > 0n ? group | 0x80 : group);
  } while (rest > 0n);
  return Buffer.from(groups);
}
