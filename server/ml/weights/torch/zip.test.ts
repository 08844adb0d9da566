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

test("refuses a packed archive without unpacking it", async () => {
  const file = Buffer.from(torchFile("zip"));
  // The method of the first file in the directory (APPNOTE 4.3.12): 8 is deflate.
  file.writeUInt16LE(8, file.indexOf("PK\x01\x02") + 10);
  await expect(readTorchZip(file)).rejects.toThrow("is a packed archive; PyTorch packs none of its files");
});

test("refuses a bomb of files that share their bytes", async () => {
  // Fifield 2019, "A better zip bomb": a thousand files, all of them the same megabyte.
  const one = stored("archive/data/0", Buffer.alloc(1_000_000));
  const names = Array.from({ length: 1_000 }, (_, at) => `archive/data/${at}`);
  await expect(readTorchZip(zipOf(one, names))).rejects.toThrow("promises more bytes than it has");
});

test("refuses a name that stands in the archive twice, and an archive of something else", async () => {
  const one = stored("archive/data.pkl", Buffer.from("\x80\x02N.", "latin1"));
  await expect(readTorchZip(zipOf(one, ["archive/data.pkl", "archive/data.pkl"]))).rejects.toThrow("twice");
  await expect(readTorchZip(zipOf(one, ["letter.txt"]))).rejects.toThrow("not one that PyTorch saved");
});

test("refuses an archive of more files than any network has tensors, unread", async () => {
  const one = stored("archive/data/0", Buffer.alloc(0));
  const names = Array.from({ length: 20_001 }, (_, at) => `archive/data/${at}`);
  await expect(readTorchZip(zipOf(one, names))).rejects.toThrow("more files than weights have tensors");
});

/** A local file header (APPNOTE 4.3.7) and its bytes. */
function stored(name: string, content: Buffer): Buffer {
  const header = Buffer.alloc(30);
  header.write("PK\x03\x04", "latin1");
  header.writeUInt32LE(content.length, 18);
  header.writeUInt32LE(content.length, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, Buffer.from(name), content]);
}

/** A zip whose directory names all lead to its first file. */
function zipOf(first: Buffer, names: readonly string[]): Buffer {
  const size = first.readUInt32LE(18);
  const directory = names.map((name) => {
    const entry = Buffer.alloc(46);
    entry.write("PK\x01\x02", "latin1");
    entry.writeUInt32LE(size, 20);
    entry.writeUInt32LE(size, 24);
    entry.writeUInt16LE(name.length, 28);
    return Buffer.concat([entry, Buffer.from(name)]);
  });
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(names.length, 8);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(first.length, 16);
  return Buffer.concat([first, entries, end]);
}
