import { expect, test } from "vitest";
import { causeOfDeath } from "./cause-of-death";

// TensorFlow 2.21 says this at load, whatever its log level.
const remark =
  "I0000 00:00:1795729551.511343   31101 port.cc:153] oneDNN custom operations are on. You may see slightly different numerical results due to floating-point round-off errors from different computation orders.";

test.each([
  {
    what: "of the error that ended it, not of TensorFlow's remark on round-off errors",
    end: {
      code: 1,
      signal: null,
      stderr: `${remark}\nTypeError: x is not iterable\n    at work (main.ts:1)`,
    },
    says: "The training process ended unexpectedly (exit code 1): TypeError: x is not iterable",
    memory: "enough",
  },
  {
    what: "of nothing where there is only that remark",
    end: { code: 1, signal: null, stderr: remark },
    says: "The training process ended unexpectedly (exit code 1).",
    memory: "enough",
  },
  {
    what: "of memory as a guess, when it was killed",
    end: { code: null, signal: "SIGKILL", stderr: remark },
    says: "The training process was killed, perhaps because the machine ran out of memory.",
    memory: "perhaps",
  },
  {
    what: "of memory for certain, when TensorFlow says so",
    end: { code: 1, signal: null, stderr: "Error: OOM when allocating tensor with shape[8,224]" },
    says: "The training process ran out of memory.",
    memory: "out",
  },
] as const)("a child's end speaks $what", ({ end, says, memory }) => {
  expect(causeOfDeath({ ...end, kernelKilled: false })).toMatchObject({ message: says, memory });
});
