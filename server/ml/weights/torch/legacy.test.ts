import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { torchFile } from "@/server/ml/reference/torch-files";
import { isTorchLegacy, readTorchLegacy } from "./legacy";

// reference/torch_files.py: written by PyTorch 1.13.1.
const count = Array.from({ length: 24 }, (_, at) => at);
const expected = [
  { name: "plain", shape: [2, 3, 4], values: count },
  {
    name: "strided",
    shape: [2, 3, 2, 2],
    values: [0, 6, 12, 18, 2, 8, 14, 20, 4, 10, 16, 22, 1, 7, 13, 19, 3, 9, 15, 21, 5, 11, 17, 23],
  },
  { name: "slice", shape: [4], values: [5, 6, 7, 8] },
  { name: "half", shape: [4], values: [1.5, -2.25, 65504, 2 ** -24] },
  { name: "bfloat16", shape: [2], values: [1.5, -3] },
  { name: "double", shape: [1], values: [Math.fround(0.1)] },
  { name: "scalar", shape: [], values: [7] },
];

test.each(expected)("reads $name as PyTorch holds it", ({ name, shape, values }) => {
  const array = readTorchLegacy(torchFile("legacy")).arrays.get(name);
  expect(array?.shape).toEqual(shape);
  expect(Array.from(array?.read() ?? [])).toEqual(values);
});

test("keeps the file's names and order, and takes no counter for weights", () => {
  const { arrays, format } = readTorchLegacy(torchFile("legacy"));
  expect(format).toBe("torch-legacy");
  expect([...arrays.keys()]).toEqual([...expected.map(({ name }) => name), "bn.num_batches_tracked"]);
  expect(() => arrays.get("bn.num_batches_tracked")?.read()).toThrow("holds long numbers for a weight");
});

test("refuses a file that was cut short, wherever it was cut", () => {
  const whole = torchFile("legacy");
  expect(isTorchLegacy(whole)).toBe(true);
  // Half the reading is lazy: what the file lacks is told when it is opened, not when it is used.
  for (let length = 14; length < whole.length; length += 7) {
    expect(() => readTorchLegacy(whole.subarray(0, length))).toThrow("The weights file was cut short");
  }
});

test("refuses a command hidden beside tensors, and does not run it", () => {
  expect(() => readTorchLegacy(torchFile("os.system in a checkpoint, legacy"))).toThrow(
    "asks for posix.system. Only tensors and plain containers are read from it, and nothing was run.",
  );
  expect(existsSync("/tmp/overread-was-here")).toBe(false);
});
