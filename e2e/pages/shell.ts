import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { UnderTest } from "../start-overread";

const run = promisify(execFile);

/** Runs a command of `overread` beside the running installation; its document. */
export async function overread({ dataFolder }: UnderTest, ...words: readonly string[]): Promise<unknown> {
  const { stdout } = await run(process.execPath, ["server/cli/bin.mjs", ...words, "--json"], {
    env: { ...process.env, OVERREAD_DATA: dataFolder, DATABASE_URL: "", LOG_LEVEL: "error" },
  });
  return JSON.parse(stdout);
}
