import type { ByteCursor } from "../byte-cursor";
import { cutShort, refuseWeights } from "../refuse";
import { allowedGlobal, build, storageOf } from "./allowed";
import { PickleStack } from "./pickle-stack";
import { Dictionary, type Pickled } from "./values";

/** A state dictionary of a thousand layers takes some 100,000. */
const mostOperations = 1_000_000;

/** Names are short, and the longest integer that PyTorch writes is its magic number of 10 bytes. */
const longestText = 65_536;
const longestInteger = 16;

/**
 * The value of one pickle (Python, Lib/pickletools.py), protocols 2 to 5, of which only what tensors and plain
 * containers need is understood. Nothing is imported, called or executed: names stand for themselves and are
 * checked against an allow-list. Leaves the cursor behind the pickle.
 * @throws ExpectedFailure "invalid" for a damaged pickle, and for one that asks for anything else
 */
export function readPickle(cursor: ByteCursor): Pickled {
  const stack = new PickleStack();
  for (let done = 0; done < mostOperations; done++) {
    const code = cursor.u8();
    if (code === stop) return stack.pop();
    const operation = operations[code];
    if (!operation)
      throw refuseWeights(`holds a pickle operation (0x${code.toString(16)}) that weights do not need`);
    operation(stack, cursor);
  }
  throw refuseWeights("holds a pickle of more operations than any list of weights");
}

type Operation = (stack: PickleStack, cursor: ByteCursor) => void;

const stop = ".".charCodeAt(0);

const operations: Readonly<Record<number, Operation>> = byCode({
  "\x80": (_, cursor) => {
    if (cursor.u8() > 5) throw refuseWeights("is pickled by a newer protocol than 5");
  },
  "\x95": (_, cursor) => void cursor.u64(),
  "(": (stack) => stack.mark(),
  "0": (stack) => void stack.pop(),
  "1": (stack) => void stack.popToMark(),
  "2": (stack) => stack.push(stack.top()),
  N: (stack) => stack.push(null),
  "\x88": (stack) => stack.push(true),
  "\x89": (stack) => stack.push(false),
  J: (stack, cursor) => stack.push(cursor.i32()),
  K: (stack, cursor) => stack.push(cursor.u8()),
  M: (stack, cursor) => stack.push(cursor.u16()),
  "\x8a": (stack, cursor) => stack.push(long(cursor)),
  G: (stack, cursor) => stack.push(cursor.f64()),
  X: (stack, cursor) => stack.push(text(cursor, cursor.u32())),
  "\x8c": (stack, cursor) => stack.push(text(cursor, cursor.u8())),
  "\x8d": (stack, cursor) => stack.push(text(cursor, cursor.u64())),
  T: (stack, cursor) => stack.push(text(cursor, cursor.u32())),
  U: (stack, cursor) => stack.push(text(cursor, cursor.u8())),
  B: (stack, cursor) => stack.push(cursor.take(cursor.u32())),
  C: (stack, cursor) => stack.push(cursor.take(cursor.u8())),
  "]": (stack) => stack.push([]),
  a: (stack) => stack.append([stack.pop()]),
  e: (stack) => stack.append(stack.popToMark()),
  ")": (stack) => stack.push([]),
  "\x85": (stack) => stack.push(stack.popMany(1)),
  "\x86": (stack) => stack.push(stack.popMany(2)),
  "\x87": (stack) => stack.push(stack.popMany(3)),
  t: (stack) => stack.push(stack.popToMark()),
  "}": (stack) => stack.push(new Dictionary()),
  s: (stack) => stack.setItems(stack.popMany(2)),
  u: (stack) => stack.setItems(stack.popToMark()),
  h: (stack, cursor) => stack.push(stack.recall(cursor.u8())),
  j: (stack, cursor) => stack.push(stack.recall(cursor.u32())),
  q: (stack, cursor) => stack.remember(cursor.u8()),
  r: (stack, cursor) => stack.remember(cursor.u32()),
  "\x94": (stack) => stack.memoize(),
  c: (stack, cursor) => stack.push(allowedGlobal(cursor.line(), cursor.line())),
  "\x93": (stack) => {
    const [module, name] = stack.popMany(2);
    if (typeof module !== "string" || typeof name !== "string") throw refuseWeights(cutShort);
    stack.push(allowedGlobal(module, name));
  },
  Q: (stack) => stack.push(storageOf(stack.pop())),
  R: (stack) => {
    const [callable, given] = stack.popMany(2);
    stack.push(build(callable, given));
  },
  // An OrderedDict's attributes: PyTorch keeps the versions of its modules there.
  b: (stack) => {
    stack.pop();
    if (!(stack.top() instanceof Dictionary))
      throw refuseWeights("sets the state of something that is no dictionary");
  },
});

function byCode(operations: Readonly<Record<string, Operation>>): Record<number, Operation> {
  return Object.fromEntries(Object.entries(operations).map(([code, run]) => [code.charCodeAt(0), run]));
}

/** @throws ExpectedFailure "invalid" for one that is cut short, or longer than any name */
function text(cursor: ByteCursor, bytes: number): string {
  if (bytes > longestText && bytes <= cursor.left) throw refuseWeights("holds a text longer than any name");
  return cursor.text(bytes);
}

/** Two's complement, little-endian. Its time grows with the square of its length. */
function long(cursor: ByteCursor): number | bigint {
  const length = cursor.u8();
  if (length > longestInteger) throw refuseWeights("holds a number longer than any that weights need");
  const bytes = cursor.take(length);
  const raw = bytes.reduceRight((value, byte) => value * 256n + BigInt(byte), 0n);
  const value = BigInt.asIntN(bytes.length * 8, raw);
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
