import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";

// `npm test`: every check in order, each loud when it could not run, and one summary at the end.
type Counts = { passed: number; failed: number; skipped: number; secondTry?: number };
type Outcome = Counts & { readonly name: string; seconds: number };

const bin = (name: string) => path.resolve("node_modules/.bin", name);
const reports = path.resolve("test-results");
const unitReport = path.join(reports, "unit.json");
const journeyReport = path.join(reports, "journeys.json");
rmSync(reports, { recursive: true, force: true });

const outcomes: Outcome[] = [];
outcomes.push(await check("format, lint, boundaries", bin("biome"), ["ci", "--error-on-warnings", "."]));
outcomes.push(await check("types of routes", bin("next"), ["typegen"]));
outcomes.push(await check("types", bin("tsc"), ["--noEmit", "--incremental", "false"]));
outcomes.push(await check("unused code and exports", bin("knip"), []));
outcomes.push(
  await suite(
    "unit and integration",
    bin("vitest"),
    ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${unitReport}`],
    unitCounts,
  ),
);
outcomes.push(await check("production build", bin("tsx"), ["server/processes/build.ts"]));
outcomes.push(await suite("browser journeys", bin("playwright"), ["test"], journeyCounts));
summarise();

async function check(name: string, program: string, parameters: string[]): Promise<Outcome> {
  const { code, seconds } = await run(name, program, parameters);
  return { name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, seconds };
}

async function suite(
  name: string,
  program: string,
  parameters: string[],
  count: () => Counts,
): Promise<Outcome> {
  const { code, seconds } = await run(name, program, parameters);
  let counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    counts = count();
  } catch {
    process.stdout.write(`${name}: no report was written, so nothing ran\n`);
  }
  // A suite that ran nothing, or ended badly with every test green, has not passed.
  const failed = counts.failed === 0 && (code !== 0 || counts.passed === 0) ? 1 : counts.failed;
  return { name, ...counts, failed, seconds };
}

function run(
  name: string,
  program: string,
  parameters: string[],
): Promise<{ code: number; seconds: number }> {
  process.stdout.write(`\n── ${name}\n`);
  const begin = Date.now();
  return new Promise((resolve) => {
    const child = spawn(program, parameters, { stdio: ["ignore", "inherit", "inherit"] });
    child.once("error", () => resolve({ code: 1, seconds: 0 }));
    child.once("exit", (code) => resolve({ code: code ?? 1, seconds: (Date.now() - begin) / 1000 }));
  });
}

function unitCounts() {
  const report = JSON.parse(readFileSync(unitReport, "utf8")) as Record<string, number>;
  return {
    passed: report.numPassedTests ?? 0,
    failed: report.numFailedTests ?? 0,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  };
}

function journeyCounts() {
  const { stats } = JSON.parse(readFileSync(journeyReport, "utf8")) as { stats: Record<string, number> };
  return {
    passed: (stats.expected ?? 0) + (stats.flaky ?? 0),
    failed: stats.unexpected ?? 0,
    skipped: stats.skipped ?? 0,
    secondTry: stats.flaky ?? 0,
  };
}

function summarise(): void {
  process.stdout.write("\n── summary\n");
  for (const outcome of outcomes) {
    const mark = outcome.failed === 0 ? "ok    " : "FAILED";
    const counts = `${outcome.passed} passed, ${outcome.failed} failed, ${outcome.skipped} skipped`;
    const again = outcome.secondTry ? `, ${outcome.secondTry} only at the second try: mend them` : "";
    process.stdout.write(
      `${mark} ${outcome.name.padEnd(28)} ${counts.padEnd(38)} ${outcome.seconds.toFixed(0)} s${again}\n`,
    );
  }
  const total = (key: "passed" | "failed" | "skipped") =>
    outcomes.reduce((sum, outcome) => sum + outcome[key], 0);
  process.stdout.write(`${total("passed")} passed, ${total("failed")} failed, ${total("skipped")} skipped\n`);
  process.exitCode = total("failed") === 0 ? 0 : 1;
}
