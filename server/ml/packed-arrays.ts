import { createHash } from "node:crypto";
import { ExpectedFailure } from "@/server/lib/errors";
import { type NamedArray, sizeOf } from "./named-array";

/**
 * Packs facts and arrays into one buffer: a magic word of 8 characters, the SHA-256 of all that follows, the
 * header's length, the header as JSON, and the arrays as little-endian float32.
 */
export function packArrays(magic: string, facts: unknown, arrays: readonly NamedArray[]): Buffer {
  const header = Buffer.from(
    JSON.stringify({ facts, arrays: arrays.map(({ name, shape }) => ({ name, shape })) }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const data = arrays.map(({ values }) => Buffer.from(values.buffer, values.byteOffset, values.byteLength));
  const body = Buffer.concat([length, header, ...data]);
  return Buffer.concat([Buffer.from(magic, "latin1"), sha256(body), body]);
}

/**
 * The facts and arrays that {@link packArrays} packed; `what` names the thing in messages ("The checkpoint").
 * @throws ExpectedFailure "invalid" for another kind of file, or one that is cut short or damaged.
 */
export function unpackArrays(
  magic: string,
  what: string,
  packed: Uint8Array,
): { readonly facts: unknown; readonly arrays: NamedArray[] } {
  const buffer = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  if (buffer.toString("latin1", 0, 8) !== magic) {
    throw new ExpectedFailure("invalid", `${what} is not readable: it is a file of another kind.`);
  }
  const body = buffer.subarray(40);
  if (!sha256(body).equals(buffer.subarray(8, 40))) {
    throw new ExpectedFailure("invalid", `${what} is damaged: its checksum does not fit its content.`);
  }
  const end = 4 + body.readUInt32LE(0);
  const header: Header = JSON.parse(body.toString("utf8", 4, end));
  let offset = end;
  const arrays = header.arrays.map(({ name, shape }) => {
    const bytes = sizeOf(shape) * 4;
    // A copy, because a view would need the offset to be a multiple of four.
    const values = new Float32Array(new Uint8Array(body.subarray(offset, offset + bytes)).buffer);
    offset += bytes;
    return { name, shape, values };
  });
  return { facts: header.facts, arrays };
}

/** Trusted once the checksum fits, since only packArrays writes it. */
type Header = { facts: unknown; arrays: { name: string; shape: number[] }[] };

function sha256(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}
