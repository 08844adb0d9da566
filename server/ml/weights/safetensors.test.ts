import { expect, test } from "vitest";
import { torchFile } from "../reference/torch-files";
import { isSafetensors, readSafetensors } from "./safetensors";
import { readTorchLegacy } from "./torch/legacy";

test("holds what PyTorch's file of the same tensors holds", () => {
  // reference/torch_files.py: written by safetensors for Python. What it holds stands in torch/legacy.test.ts.
  const file = torchFile("safetensors");
  expect(isSafetensors(file)).toBe(true);
  const { arrays, format } = readSafetensors(file);
  expect(format).toBe("safetensors");
  for (const [name, array] of readTorchLegacy(torchFile("legacy")).arrays) {
    expect(arrays.get(name)?.shape).toEqual(array.shape);
    if (name !== "bn.num_batches_tracked") expect(arrays.get(name)?.read()).toEqual(array.read());
  }
  expect(() => arrays.get("bn.num_batches_tracked")?.read()).toThrow("holds long numbers for a weight");
});

const two = (from: number, to: number, shape = [2]) => ({
  dtype: "F32",
  shape,
  data_offsets: [from, to],
});

test.each([
  {
    what: "tensors that overlap",
    header: { a: two(0, 8), b: two(4, 12) },
    says: "lets b overlap another tensor",
  },
  {
    what: "tensors at one place",
    header: { a: two(0, 8), b: two(0, 8) },
    says: "lets b overlap another tensor",
  },
  { what: "a gap", header: { a: two(0, 8), b: two(12, 20) }, says: "has a gap before b" },
  { what: "a gap at the start", header: { a: two(4, 12) }, says: "has a gap before a" },
  { what: "a tensor that ends before it begins", header: { a: two(8, 0) }, says: "has a gap before a" },
  { what: "bytes that no tensor claims", header: { a: two(0, 8) }, says: "goes on behind its last tensor" },
  {
    what: "a tensor past the end",
    header: { a: two(0, 8), b: two(8, 1e9) },
    says: "cut short, or is damaged",
  },
  { what: "a shape of another size", header: { a: two(0, 20, [3]) }, says: "gives a 20 bytes for 3 numbers" },
  {
    what: "a shape that no memory holds",
    header: { a: two(0, 20, [2 ** 40, 2 ** 40]) },
    says: "gives a 20 bytes",
  },
  { what: "a negative length", header: { a: two(0, 20, [-5]) }, says: "describes a in a way" },
  {
    what: "offsets that are no numbers",
    header: { a: { dtype: "F32", shape: [2], data_offsets: ["0", "8"] } },
    says: "describes a",
  },
  { what: "a header that is a list", header: [1, 2], says: "a header that is no JSON object" },
])("refuses $what", ({ header, says }) => {
  expect(() => readSafetensors(written(header, 20))).toThrow(says);
});

test("refuses a file that was cut short, in its header and behind it", () => {
  const file = torchFile("safetensors");
  for (const length of [4, 9, 100, file.length - 1]) {
    expect(() => readSafetensors(file.subarray(0, length))).toThrow("The weights file was cut short");
  }
});

test("refuses a header longer than any network needs before reading it", () => {
  const file = Buffer.alloc(16);
  file.writeBigUInt64LE(2n ** 40n);
  expect(() => readSafetensors(file)).toThrow("has a header longer than any list of weights");
});

function written(header: unknown, bytes: number): Uint8Array {
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, Buffer.alloc(bytes)]);
}
