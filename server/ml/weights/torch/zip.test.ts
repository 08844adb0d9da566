import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { torchFile } from "@/server/ml/reference/torch-files";
import { readTorchLegacy } from "./legacy";
import { readTorchZip } from "./zip";

test("holds what the same state dictionary holds in the older format", async () => {
  // reference/torch_files.py: written by PyTorch 1.13.1. What it holds stands in legacy.test.ts.
  const { arrays, format } = await readTorchZip(torchFile("zip"));
  const expected = readTorchLegacy(torchFile("legacy")).arrays;
  expect(format).toBe("torch-zip");
  expect([...arrays.keys()]).toEqual([...expected.keys()]);
  for (const [name, array] of expected) {
    expect(arrays.get(name)?.shape).toEqual(array.shape);
    if (name !== "bn.num_batches_tracked") expect(arrays.get(name)?.read()).toEqual(array.read());
  }
});

test.each([
  { file: "checkpoint", what: "a state dictionary within a checkpoint" },
  { file: "parameter", what: "parameters in place of tensors" },
])("reads $what", async ({ file }) => {
  const { arrays } = await readTorchZip(torchFile(file));
  expect(arrays.get("a")?.read()).toEqual(Float32Array.of(1, 1));
});

test.each([
  { file: "os.system in a checkpoint", says: "asks for posix.system. Only tensors" },
  { file: "whole model, zip", says: "asks for torch.nn.modules.linear.Linear" },
])("refuses $file and runs nothing", async ({ file, says }) => {
  await expect(readTorchZip(torchFile(file))).rejects.toThrow(says);
  expect(existsSync("/tmp/overread-was-here")).toBe(false);
});

test("refuses a file that was cut short, wherever it was cut", async () => {
  const whole = torchFile("zip");
  for (let length = 30; length < whole.length; length += 41) {
    await expect(readTorchZip(whole.subarray(0, length))).rejects.toThrow("The weights file was cut short");
  }
});

test("refuses numbers that end before their tensors do", async () => {
  const file = Buffer.from(torchFile("zip"));
  // The count of the storage "0" in its pickle, BININT1 24, made 200.
  const count = file.indexOf(Buffer.from("K\x18tqQ".slice(0, 3), "latin1"));
  file[count + 1] = 200;
  const { arrays } = await readTorchZip(file);
  expect(() => arrays.get("plain")?.read()).toThrow("was cut short, or is damaged");
});
