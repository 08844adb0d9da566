import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { childEnvironment } from "@/server/lib/env";
import { log } from "@/server/lib/log";

export const projectRoot = path.resolve(import.meta.dirname, "../..");

export type Child = {
  readonly name: string;
  /** Undefined where it could not be started. */
  readonly pid: number | undefined;
  /** Resolves with the exit code, or the signal's name, when the process has ended. */
  readonly ended: Promise<number | string>;
  /** Asks it to end, and insists after `graceMs`. */
  stop(graceMs?: number): Promise<void>;
};

/**
 * Starts a part of Overread in a process group of its own: Ctrl-C reaches only the starter, which then ends
 * the parts in order. A part ends by itself when the starter is killed.
 */
export function startChild(
  name: string,
  parameters: readonly string[],
  extra: Record<string, string | undefined> = {},
): Child {
  const preload = path.join(import.meta.dirname, "follow-parent.mjs");
  const child = spawn(process.execPath, ["--import", preload, ...parameters], {
    cwd: projectRoot,
    env: childEnvironment({ ...extra, OVERREAD_STARTER: String(process.pid) }),
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    detached: true,
  });
  const ended = new Promise<number | string>((resolve) => {
    child.once("exit", (code, signal) => resolve(code ?? signal ?? 1));
    child.once("error", (error) => {
      log("start").error({ err: error, part: name }, "could not be started");
      resolve(1);
    });
  });
  return { name, pid: child.pid, ended, stop: (graceMs = 15_000) => stop(child, ended, graceMs) };
}

async function stop(child: ChildProcess, ended: Promise<number | string>, graceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const insist = setTimeout(() => child.kill("SIGKILL"), graceMs);
  await ended;
  clearTimeout(insist);
}

/** Parameters that run a TypeScript file. */
export function typescript(file: string): string[] {
  return ["--import", "tsx", path.join(projectRoot, file)];
}
