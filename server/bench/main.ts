import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { closeDatabase } from "@/server/db/client";
import { openDatabase } from "@/server/db/open";
import { closeQueue } from "@/server/jobs/queue";
import { adoptSettings, env } from "@/server/lib/env";
import { messageOf } from "@/server/lib/errors";
import type { Benchmark, Figure } from "./benchmark";
import { benchmarks } from "./benchmarks";

// `npm run bench [-- name …]`: each benchmark gets a fresh data folder with a real PostgreSQL of its own.
const wanted = process.argv.slice(2);
const shared = path.resolve(env().OVERREAD_SHARED);
let missed = 0;

for (const benchmark of benchmarks) {
  if (wanted.length > 0 && !wanted.includes(benchmark.name)) continue;
  const absent = benchmark.needs.filter((need) => !existsSync(path.join(shared, need)));
  if (absent.length > 0) {
    say(
      `${benchmark.name}: skipped, ${absent.join(", ")} not found under ${env().OVERREAD_SHARED} (OVERREAD_SHARED)`,
    );
    continue;
  }
  say(benchmark.name);
  missed += await measure(benchmark);
}
process.exit(missed === 0 ? 0 : 1);

async function measure(benchmark: Benchmark): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), "overread-bench-"));
  // The embedded server runs as another system user when this runs as root.
  await chmod(folder, 0o755);
  adoptSettings({ OVERREAD_DATA: folder, DATABASE_URL: "", LOG_LEVEL: "error" });
  const open = await openDatabase();
  try {
    const figures = await benchmark.run(shared);
    for (const figure of figures) say(`  ${lineOf(figure)}`);
    return figures.filter((figure) => !meets(figure)).length;
  } catch (error) {
    say(`  failed: ${messageOf(error)}`);
    return 1;
  } finally {
    await closeQueue();
    await closeDatabase();
    await open.close();
    adoptSettings({ DATABASE_URL: "" });
    await rm(folder, { recursive: true, force: true });
  }
}

function lineOf(figure: Figure): string {
  const value = `${figure.what.padEnd(58)} ${shown(figure.value)} ${figure.unit}`;
  if (!figure.bar) return value;
  const bar = "atMost" in figure.bar ? `≤ ${shown(figure.bar.atMost)}` : `≥ ${shown(figure.bar.atLeast)}`;
  return `${value}  (bar ${bar} ${figure.unit}: ${meets(figure) ? "met" : "MISSED"})`;
}

function shown(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: 2 });
}

function meets({ value, bar }: Figure): boolean {
  if (!bar) return true;
  return "atMost" in bar ? value <= bar.atMost : value >= bar.atLeast;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
