import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";
import { valueOf as valueIn } from "@/server/auth/command";
import { leakCost } from "@/server/integrity/cost";
import { ok, type Result } from "@/server/lib/errors";
import { codeVersion } from "@/server/training/code-version";
import { studyPlots } from "@/server/training/study/plots";
import { contradictionsOf } from "@/server/training/study/publication-checks";
import { studyReport } from "@/server/training/study/report";
import type { SplitStudy, StudyFacts } from "@/server/training/study/study-facts";
import { exportSweep } from "@/server/training/sweeps/export";
import { importFilms, splitNames, studyCohort, studySplit } from "./cohort";
import { bestOf, bestRun, doneCheck, publishedGrid, type StudyBase } from "./heads";
import type { Stage } from "./stage";
import { makeOutFolder, openStudyFolder } from "./study-folder";

export type StudyDocument = {
  readonly report: string;
  readonly runs: readonly {
    readonly split: string;
    readonly run: number;
    readonly sweep: number;
    readonly metrics: unknown;
  }[];
  readonly leak: StudyFacts["leak"];
  readonly shortcuts: StudyFacts["shortcuts"];
  readonly seconds: number;
};

/**
 * The published study from its films to a report, in steps of which each finds what an earlier attempt left.
 * Errors: not-found (a part of the data folder), invalid (its tables, the folder of the report), and those of
 * each step.
 */
export async function reproduceStudy(
  stage: Stage,
  { data, out, ...base }: StudyBase & { readonly data: string; readonly out: string },
): Promise<Result<StudyDocument>> {
  const folder = await openStudyFolder(data);
  if (!folder.ok) return folder;
  const target = await makeOutFolder(out);
  if (!target.ok) return target;
  await stage.step("import", () => importFilms(stage, folder.value));
  const cohort = await stage.step("cohort", () => studyCohort(stage, folder.value));
  const random = await studyOf(stage, "random", base);
  const patient = await studyOf(stage, "patient", base);
  const shortcuts = await stage.step("shortcut check", () =>
    doneCheck(stage, { kind: "shortcuts", cohort: cohort.id, ...base }),
  );
  const siblings = await stage.step("with and without siblings", () =>
    doneCheck(stage, { kind: "siblings", cohort: cohort.id, ...base, ...bestOf(random.trials).parameters }),
  );
  if (shortcuts.result === null || siblings.result === null)
    throw new Error("A check that is done has no result");
  const { engine, code } = { engine: siblings.engine, code: await codeVersion() };
  const { publication } = folder.value;
  const facts: StudyFacts = {
    madeAt: new Date().toISOString(),
    codeVersion: code,
    engine: { name: engine?.name ?? "", library: engine?.library ?? "", device: engine?.device ?? "" },
    cores: availableParallelism(),
    steps: stage.steps,
    cohort: {
      images: cohort.images,
      patients: cohort.patients,
      classes: Object.fromEntries(
        cohort.classes.map((name) => [name, cohort.composition.classes[name] ?? 0]),
      ),
      unmatched: cohort.unmatched.count,
    },
    base: { network: base.network, title: random.run.network.title, weights: base.weights },
    splits: { random, patient },
    leak: {
      onTestImages: valueIn(await leakCost(stage.actor, { split: splitNames.random })),
      siblings: siblings.result,
    },
    shortcuts: shortcuts.result,
    publication,
    contradictions: publication ? contradictionsOf(publication) : [],
  };
  const report = await writeReport(stage, target.value, facts);
  const seconds = stage.steps.reduce((sum, step) => sum + step.seconds, 0);
  return ok({
    report,
    runs: [random, patient].map(({ name, run, sweep }) => ({
      split: name,
      run: run.id,
      sweep,
      metrics: run.metrics?.parts.test ?? null,
    })),
    leak: facts.leak,
    shortcuts: facts.shortcuts,
    seconds,
  });
}

async function studyOf(
  stage: Stage,
  strategy: keyof typeof splitNames,
  base: StudyBase,
): Promise<SplitStudy> {
  const what = strategy === "random" ? "by image" : "by patient";
  const { name, audit } = await stage.step(`split ${what}`, () => studySplit(stage, strategy));
  const sweep = await stage.step(`72 trials ${what}`, () => publishedGrid(stage, name, base));
  const run = await stage.step(`best run ${what}`, () => bestRun(stage, sweep));
  return { name, audit, sweep: sweep.id, trials: sweep.trials, run };
}

/** @returns the path of the report */
async function writeReport({ actor }: Stage, folder: string, facts: StudyFacts): Promise<string> {
  const write = (name: string, text: string) => writeFile(path.join(folder, name), text);
  for (const [name, svg] of Object.entries(studyPlots(facts))) await write(name, svg);
  for (const [strategy, { sweep }] of Object.entries(facts.splits)) {
    await write(`grid-${strategy}.csv`, valueIn(await exportSweep(actor, { sweep })));
  }
  await write("report.json", JSON.stringify(facts, null, 1));
  await write("report.md", studyReport(facts));
  return path.join(folder, "report.md");
}
