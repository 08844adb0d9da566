import type { Command } from "commander";
import { env } from "@/server/lib/env";
import { ok } from "@/server/lib/errors";
import { startChild } from "@/server/training/child-process";
import { verb } from "../context";

export function registerEngine(program: Command): void {
  program
    .command("engine")
    .description("what computes here")
    .command("show")
    .description("the engine that runs on this machine use, and why")
    .addHelpText("after", "\nExample:\n  overread engine show --json")
    .action(
      verb(async () => {
        // In a process of its own, as in training: what TensorFlow prints at load stays off standard output.
        const child = startChild();
        try {
          const { name, ...engine } = await child.ask({ do: "engine", want: env().OVERREAD_ENGINE });
          return ok({ engine: name, ...engine });
        } finally {
          await child.stop();
        }
      }),
    );
}
