import { readdir, truncate } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { runLog } from "@/server/db/schema";
import { dataFolder } from "@/server/lib/env";
import { startChild } from "@/server/training/child-process";
import { launchRun } from "@/server/training/commands";
import { type Crew, gatherCrew } from "@/server/training/crew";
import { runNews, showRun } from "@/server/training/queries";
import type { LaunchInput } from "@/server/training/schema";
import { personWith } from "./actors";
import { smallSplit } from "./small-split";

/** Is never aborted. */
export const never = new AbortController().signal;

/** Launches a run on a small split that is made for it, or on one that is there. */
export async function launched(
  options: Partial<LaunchInput>,
  split?: string,
  parts: [number, number, number] = [16, 6, 8],
) {
  const scientist = await personWith("scientist");
  const made = split === undefined ? await smallSplit({ parts }) : { name: split, imageIds: [] };
  const { run } = valueIn(await launchRun(scientist, { network: "compact", ...options, split: made.name }));
  return { ...made, run, scientist };
}

/** The run as its page has it. */
export async function shown(run: number) {
  return valueIn(await showRun({ kind: "system", part: "test" }, { run }));
}

/** What its log says. */
export async function lines(run: number): Promise<string[]> {
  const rows = await database().select().from(runLog).where(eq(runLog.runId, run));
  return rows.map(({ line }) => line);
}

/** A crew whose children's ids are noted. */
export function watched(pids: number[]): Crew {
  return gatherCrew(() => {
    const child = startChild();
    pids.push(child.pid ?? 0);
    return child;
  });
}

/** Waits until the epoch is done; throws where the run ends before. */
export async function untilEpoch(run: number, epoch: number): Promise<void> {
  for (;;) {
    const { state, epochs } = valueIn(await runNews({ kind: "system", part: "test" }, { run }));
    if ((epochs.at(-1)?.epoch ?? 0) >= epoch) return;
    if (state.status === "failed" || state.status === "done") throw new Error(`the run is ${state.status}`);
    await wait(20);
  }
}

/** Cuts an object of the folder store in half. */
export async function damage(sha256: string): Promise<void> {
  const folder = path.join(dataFolder(), "objects", sha256.slice(0, 2));
  expect(await readdir(folder)).toContain(sha256.slice(2));
  await truncate(path.join(folder, sha256.slice(2)), 100);
}

export function ascending(a: number, b: number): number {
  return a - b;
}
