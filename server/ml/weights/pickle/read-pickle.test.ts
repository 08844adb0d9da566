import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { torchFile } from "@/server/ml/reference/torch-files";
import { ByteCursor } from "../byte-cursor";
import { readPickle } from "./read-pickle";
import { Dictionary } from "./values";

test("reads plain containers", () => {
  // Python: pickle.dumps({"a": [1, -2, 70000, (True, None)], "b": 2**70}, 2)
  const pickled =
    "80027d71002858010000006171015d7102284b014afeffffff4a70110100884e8671036558010000006271048a09000000000000000040752e";
  const value = readPickle(new ByteCursor(Buffer.from(pickled, "hex")));
  expect(value).toBeInstanceOf(Dictionary);
  expect([...(value as Dictionary).entries]).toEqual([
    ["a", [1, -2, 70_000, [true, null]]],
    ["b", 2n ** 70n],
  ]);
});

test.each(["os.system, protocol 2", "os.system, protocol 4"])("refuses %s and runs nothing", (name) => {
  expect(() => readPickle(new ByteCursor(torchFile(name)))).toThrow("asks for posix.system");
  expect(existsSync("/tmp/overread-was-here")).toBe(false);
});

const ordered = "ccollections\nOrderedDict\n";

test.each([
  { what: "any name but the few", pickle: "\x80\x02cbuiltins\neval\n.", says: "asks for builtins.eval" },
  {
    what: "a name made of control characters",
    pickle: "\x80\x02ca\x1b[2J\nb\n.",
    says: "asks for a??2J.b.",
  },
  { what: "an old INST", pickle: "(ios\nsystem\n.", says: "a pickle operation (0x69)" },
  {
    what: "an object built by NEWOBJ",
    pickle: `\x80\x02${ordered})\x81.`,
    says: "a pickle operation (0x81)",
  },
  { what: "an extension registry", pickle: "\x80\x02\x82\x01.", says: "a pickle operation (0x82)" },
  {
    what: "a dictionary that is called with something",
    pickle: `\x80\x02${ordered}K\x01\x85R.`,
    says: "calls",
  },
  { what: "a call of what is no name", pickle: "\x80\x02K\x01)R.", says: "calls something" },
  { what: "state for what is no dictionary", pickle: `\x80\x02${ordered}}b.`, says: "sets the state" },
  {
    what: "numbers of a storage class that is none",
    pickle: `\x80\x02(X\x07\0\0\0storage${ordered}tQ.`,
    says: "refers",
  },
  { what: "a stack that is empty", pickle: "\x80\x020.", says: "cut short, or is damaged" },
  { what: "a memo that is empty", pickle: "\x80\x02h\x05.", says: "cut short, or is damaged" },
  { what: "a mark that is not there", pickle: "\x80\x02t.", says: "cut short, or is damaged" },
  { what: "a string of 4 GB", pickle: "\x80\x02X\xff\xff\xff\xffabc", says: "cut short, or is damaged" },
  {
    what: "a string of 8 EB",
    pickle: "\x80\x04\x8d\xff\xff\xff\xff\xff\xff\xff\x7fabc",
    says: "cut short, or is damaged",
  },
  {
    what: "a text that is there, and longer than any name",
    pickle: `\x80\x02X\x40\x42\x0f\0${"a".repeat(1_000_000)}.`,
    says: "a text longer than any name",
  },
  {
    what: "a number of 255 bytes",
    pickle: `\x80\x02\x8a\xff${"\x7f".repeat(255)}.`,
    says: "a number longer than any",
  },
  { what: "no end", pickle: "\x80\x02N", says: "cut short, or is damaged" },
  { what: "a protocol of the future", pickle: "\x80\x09N.", says: "newer protocol" },
])("refuses $what", ({ pickle, says }) => {
  expect(() => readPickle(new ByteCursor(Buffer.from(pickle, "latin1")))).toThrow(says);
});

test("a list in a list 400,000 deep is read without a stack of calls", () => {
  const deep = Buffer.concat([
    Buffer.from("\x80\x02", "latin1"),
    Buffer.alloc(400_000, "]"),
    Buffer.alloc(399_999, "a"),
    Buffer.from("."),
  ]);
  expect(readPickle(new ByteCursor(deep))).toHaveLength(1);
});

test("a memo bomb stays as small as its file: shared parts are shared, never multiplied", () => {
  // Forty lists, each ten times the one before: 10⁴⁰ parts, if anybody counted them out.
  const levels = Array.from(
    { length: 40 },
    (_, level) => `](${`h${String.fromCharCode(level)}`.repeat(10)}eq${String.fromCharCode(level + 1)}`,
  );
  const value = readPickle(new ByteCursor(Buffer.from(`\x80\x02]q\0${levels.join("")}.`, "latin1")));
  expect(value).toHaveLength(10);
});

test("endless operations end", () => {
  const endless = Buffer.alloc(1_000_010, "N0");
  expect(() => readPickle(new ByteCursor(endless))).toThrow("more operations");
});
