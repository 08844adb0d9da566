import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { runs, sweeps, weights } from "@/server/db/schema";
import { writeDemoDatasets } from "@/server/demo/write-demo-datasets";
import { newEfficientNetWeights } from "@/server/ml/networks/efficientnet-lite0-layers";
import { seededRandom } from "@/server/ml/random";
import { objectStore } from "@/server/storage/open";
import { testDatabase } from "@/server/testing/database";
import { encodeWeights } from "@/server/training/weights-file";
import { importFilms, studyCohort, studySplit } from "./cohort";
import { reproduceStudy } from "./reproduce";
import { openStage } from "./stage";
import { openStudyFolder } from "./study-folder";

testDatabase();

const actor = { kind: "system", part: "test" } as const;
const base = { network: "efficientnet-lite0", weights: "drawn" } as const;
let folder: string;
let data: string;

/** The demo's drawn films, laid out as the study's folder is. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "overread-study-"));
  data = path.join(folder, "data");
  const { chexpert, cohortCsv } = await writeDemoDatasets(data, { images: 64, seed: 5 });
  await mkdir(path.join(data, "chexpert"));
  await rename(chexpert, path.join(data, "chexpert", path.basename(chexpert)));
  const table = await readFile(cohortCsv, "utf8");
  const twoClasses = table.replaceAll(/,(no-finding|pneumonia)$/gm, ",non-covid");
  await writeFile(path.join(data, "published-study.csv"), twoClasses);
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const reproduce = (from: string, out: string) =>
  reproduceStudy(
    openStage(actor, () => {}),
    { data: from, out, ...base },
  );

describe("a study that is reproduced", () => {
  it("finds one cohort and one split where two commands make them at once", async () => {
    const stage = openStage(actor, () => {});
    const parts = valueIn(await openStudyFolder(data));
    await importFilms(stage, parts);
    const cohorts = await Promise.all([1, 2].map(() => studyCohort(stage, parts)));
    expect(new Set(cohorts.map(({ id }) => id)).size).toBe(1);
    const splits = await Promise.all([1, 2].map(() => studySplit(stage, "random")));
    expect(splits[0]).toEqual(splits[1]);
  }, 60_000);

  it("comes to a report from films alone, and a second time to the same from what is there", async () => {
    await untrainedWeights();
    const out = path.join(folder, "report");
    const first = valueIn(await reproduce(data, out));
    expect(first.report).toBe(path.join(out, "report.md"));
    expect(first.runs).toHaveLength(2);
    const files = await readdir(out);
    expect(files.sort()).toEqual(
      [
        "grid-patient.csv",
        "grid-random.csv",
        "grid.svg",
        "leak.svg",
        "report.json",
        "report.md",
        "shortcuts.svg",
      ].sort(),
    );
    const report = await readFile(first.report, "utf8");
    // Most of a class comes from one source in the demo, and the report says so before any accuracy.
    expect(report.indexOf("The class can be told without looking at a lung")).toBeGreaterThan(0);
    expect(report).not.toMatch(/undefined|NaN|\[object/);
    expect(
      first.shortcuts.properties.find(({ name }) => name === "dataset")?.aucs[0]?.auc.value,
    ).toBeGreaterThan(0.9);
    expect(first.leak.siblings.splits).toBeGreaterThan(0);
    const grid = await readFile(path.join(out, "grid-random.csv"), "utf8");
    expect(grid.trim().split("\n")).toHaveLength(73);
    for (const plot of files.filter((name) => name.endsWith(".svg"))) {
      expect(await readFile(path.join(out, plot), "utf8")).toMatch(/^<svg [^>]*viewBox/);
    }

    const second = valueIn(await reproduce(data, path.join(folder, "again")));
    expect(second.runs).toEqual(first.runs);
    expect(second.leak).toEqual(first.leak);
    expect(second.shortcuts).toEqual(first.shortcuts);
    expect(await database().select().from(runs)).toHaveLength(2);
    expect(await database().select().from(sweeps)).toHaveLength(2);
  }, 600_000);

  it("is refused where a part of the folder is not there, and names it", async () => {
    const refused = await reproduce(path.join(folder, "nowhere"), path.join(folder, "out"));
    expect(refused).toMatchObject({
      ok: false,
      code: "not-found",
      message: expect.stringMatching(/CheXpert/),
    });
  });

  it("is refused where the report cannot be put", async () => {
    const taken = path.join(folder, "a-file");
    await writeFile(taken, "");
    expect(await reproduce(data, taken)).toMatchObject({ ok: false, code: "invalid" });
  });

  it.runIf(existsSync("/proc/self"))("is refused where the folder is there but takes no file", async () => {
    expect(await reproduce(data, "/proc")).toMatchObject({ ok: false, code: "invalid" });
  });

  it("is refused where what was published cannot be read", async () => {
    const results = path.join(data, "published-results.md");
    await writeFile(results, "# Nothing\n");
    await writeFile(path.join(data, "published-grid-top25.csv"), "epochs\n1\n");
    expect(await reproduce(data, path.join(folder, "out"))).toMatchObject({ ok: false, code: "invalid" });
    await rm(results);
  });
});

/** A base that has learnt nothing: what it finds is of no interest here. */
async function untrainedWeights(): Promise<void> {
  const bytes = encodeWeights(
    { network: base.network, file: "none", ends: "relu" },
    newEfficientNetWeights(seededRandom(1)),
  );
  await database()
    .insert(weights)
    .values({
      name: base.weights,
      network: base.network,
      format: "test",
      objectSha256: await objectStore().put(bytes),
      parameters: 0,
      preprocess: "efficientnet-lite",
      missing: [],
      unused: [],
      createdBy: "test",
    });
}
