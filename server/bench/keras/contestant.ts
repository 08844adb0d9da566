import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { typescript } from "@/server/processes/child";
import { kerasPython } from "./environment";

/** What a contestant is asked for, one line of JSON each. Of "head-step", the base in the loop, only Keras knows. */
export const askedSchema = z.object({
  do: z.enum(["forward", "fine-tune", "head-step"]),
  batch: z.number().int().positive(),
});
export type Asked = z.infer<typeof askedSchema>;

const answerSchema = z.object({ seconds: z.number(), peakBytes: z.number(), version: z.string() });
export type Answer = z.infer<typeof answerSchema>;

/** A process that does what it is asked for and says how long it took. */
export interface Contestant {
  ask(asked: Asked): Promise<Answer>;
  /** Ends it. */
  stop(): Promise<void>;
}

/** Keras, in a Python that is made for it at the first time. */
export async function startTheirs(): Promise<Contestant> {
  return startContestant(await kerasPython(), [path.join(folder, "theirs.py")]);
}

/** This checkout's own network. */
export function startOurs(): Contestant {
  return startContestant(process.execPath, typescript(path.join(folder, "ours.ts")));
}

const folder = path.join("server", "bench", "keras");
const root = path.resolve(import.meta.dirname, "../../..");

function startContestant(command: string, args: readonly string[]): Contestant {
  const child = spawn(command, args, { cwd: root, stdio: ["pipe", "pipe", "pipe"] });
  const errors: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => errors.push(chunk.toString()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = exited(child);
  return {
    async ask(asked) {
      child.stdin.write(`${JSON.stringify(asked)}\n`);
      const next = await lines.next();
      if (next.done) throw new Error(`${command} ended: ${errors.join("").trim().split("\n").at(-1)}`);
      return answerSchema.parse(JSON.parse(next.value));
    },
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}

function exited(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("error", () => resolve());
    child.once("exit", () => resolve());
  });
}
