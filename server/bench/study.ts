import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { childEnvironment } from "@/server/lib/env";
import type { Benchmark } from "./benchmark";

/**
 * The published study from its films to its report, with everything that a first time needs (weights from the
 * package index too), and a second time on what is there.
 */
export const studyBenchmark: Benchmark = {
  name: "study",
  needs: ["data/published-study.csv", "data/published-results.md"],
  async run(shared) {
    const out = await mkdtemp(path.join(tmpdir(), "overread-study-"));
    try {
      const first = await reproduce(path.join(shared, "data"), out);
      const second = await reproduce(path.join(shared, "data"), out);
      return [
        { what: "study reproduce, first time", value: first, unit: "s", bar: { atMost: 900 } },
        { what: "study reproduce, again", value: second, unit: "s" },
      ];
    } finally {
      await rm(out, { recursive: true, force: true });
    }
  },
};

/** @returns seconds of the whole command */
async function reproduce(data: string, out: string): Promise<number> {
  const began = performance.now();
  const command = ["server/cli/bin.mjs", "study", "reproduce", "--data", data, "--out", out, "--json"];
  await promisify(execFile)(process.execPath, command, {
    env: childEnvironment({}),
    maxBuffer: 64 * 1024 * 1024,
  });
  return (performance.now() - began) / 1000;
}
