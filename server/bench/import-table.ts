import { spawn } from "node:child_process";
import path from "node:path";
import { childEnvironment, dataFolder, env } from "@/server/lib/env";
import type { Benchmark, Figure } from "./benchmark";

const table = "data/chexpert/train-full.csv.gz";
const root = path.resolve(import.meta.dirname, "../..");

/** All of CheXpert's table by the command line, as a person runs it; then once more, unchanged. */
export const importTableBenchmark: Benchmark = {
  name: "import-table",
  needs: [table],
  async run(shared) {
    const file = path.join(shared, table);
    const first = await importing(["import", "chexpert", file]);
    const { result } = first;
    const again = await importing(["import", "chexpert", file]);
    return [
      { what: "rows", value: result.rows, unit: "rows", bar: { atLeast: 223_414 } },
      { what: "patients", value: result.patients, unit: "patients", bar: { atLeast: 64_540 } },
      { what: "first import, command to result", value: first.seconds, unit: "s", bar: { atMost: 20 } },
      { what: "of these the import itself", value: result.seconds, unit: "s" },
      ...usage("first import", first),
      { what: "again, unchanged", value: again.seconds, unit: "s" },
      ...usage("again", again),
      { what: "updated when nothing changed", value: again.result.updated, unit: "rows", bar: { atMost: 0 } },
    ];
  },
};

type Measured = {
  readonly result: { rows: number; patients: number; updated: number; seconds: number };
  readonly seconds: number;
  readonly cpu: number;
  readonly peak: number;
};

function usage(which: string, { cpu, peak }: Measured): Figure[] {
  return [
    { what: `${which}, importer's user and system time`, value: cpu, unit: "s" },
    { what: `${which}, importer's peak memory`, value: peak, unit: "MB", bar: { atMost: 600 } },
  ];
}

/** Runs the command line as a process of its own; it tells its own peak and processor time when it ends. */
async function importing(verb: readonly string[]): Promise<Measured> {
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [
      "--import",
      "tsx",
      "--import",
      path.join(root, "server/bench/tell-usage.mjs"),
      "server/cli/main.ts",
      ...verb,
      "--json",
    ],
    {
      cwd: root,
      env: childEnvironment({ DATABASE_URL: env().DATABASE_URL, OVERREAD_DATA: dataFolder() }),
      stdio: ["ignore", "pipe", "inherit", "pipe"],
    },
  );
  const [document, told] = await Promise.all([textOf(child.stdio[1]), textOf(child.stdio[3]), ended(child)]);
  const seconds = (performance.now() - began) / 1000;
  return { result: JSON.parse(document), seconds, ...JSON.parse(told) };
}

async function textOf(stream: unknown): Promise<string> {
  let text = "";
  for await (const chunk of stream as AsyncIterable<Buffer>) text += chunk.toString();
  return text;
}

function ended(child: ReturnType<typeof spawn>): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`the import ended with code ${code}`));
    });
  });
}
