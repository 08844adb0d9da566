/**
 * What stands before the numbers of a NumPy file of little-endian float32 in row-major order (numpy.lib.format,
 * version 1.0): magic, version, and a dictionary padded so that the numbers begin at a multiple of 64 bytes.
 */
export function npyHeader(shape: readonly number[]): Buffer {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': (${tuple}), }`;
  const before = magic.length + 2;
  const length = Math.ceil((before + dictionary.length + 1) / 64) * 64 - before;
  const size = Buffer.alloc(2);
  size.writeUInt16LE(length);
  return Buffer.concat([magic, size, Buffer.from(`${dictionary.padEnd(length - 1)}\n`, "latin1")]);
}

const magic = Buffer.from("\x93NUMPY\x01\x00", "latin1");
