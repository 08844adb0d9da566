import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { z } from "zod";

/** What a contestant is asked for, one line of JSON each: "epoch" trains a head with the base in the loop. */
export const askedSchema = z.object({
  do: z.enum(["forward", "fine-tune"]),
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

export function startContestant(command: string, args: readonly string[], cwd: string): Contestant {
  const child = spawn(command, args, { cwd, stdio: ["pipe", "pipe", "pipe"] });
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
