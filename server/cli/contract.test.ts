import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureEmbedded } from "@/server/db/embedded/ensure";
import { writeDemoDatasets } from "@/server/demo/write-demo-datasets";
import { childEnvironment } from "@/server/lib/env";

// The contract of the command line, kept as tests from outside see it: whole processes on a data folder of
// their own with its embedded PostgreSQL, one JSON document on standard output, exit codes.
type Document = Record<string, unknown>;
let folder: string;
let films: { chexpert: string; covid: string; cohortCsv: string };

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "overread-cli-"));
  await chmod(folder, 0o755);
  await mkdir(path.join(folder, "films"));
  films = await writeDemoDatasets(path.join(folder, "films"), { images: 72, seed: 11 });
}, 120_000);

afterAll(async () => {
  await (await ensureEmbedded(path.join(folder, "data"))).release();
  await rm(folder, { recursive: true, force: true });
});

describe("the command line, from an empty data folder to an overlay", () => {
  it("imports both datasets, and the same again changes nothing", async () => {
    const first = await overread("import chexpert", films.chexpert);
    expect(first).toMatchObject({
      dataset: "chexpert",
      updated: 0,
      unchanged: 0,
      rejected: { count: 0, rows: [] },
    });
    expect(first.added).toBe(first.rows);
    expect(first.images).toEqual({ present: first.rows, missing: 0 });
    const second = await overread("import chexpert", films.chexpert, "--wait");
    expect(second).toMatchObject({ added: 0, updated: 0, unchanged: first.rows, studies: first.studies });
    const covid = await overread("import covid-chestxray", films.covid);
    expect(covid).toMatchObject({ dataset: "covid-chestxray-dataset" });
    expect(covid.seconds).toEqual(expect.any(Number));
  });

  it("shows datasets and images", async () => {
    const shown = await overread("dataset show chexpert");
    expect(shown).toMatchObject({ images: expect.any(Number), patients: expect.any(Number) });
    const list = await overread("image list --dataset chexpert --where Pneumonia=unmentioned --limit 2");
    const rows = list.rows as Document[];
    expect(rows.length).toBe(2);
    expect(rows[0]).toMatchObject({ dataset: "chexpert", labels: { Pneumonia: "unmentioned" } });
    const next = await overread(
      "image list --dataset chexpert --where Pneumonia=unmentioned --limit 2 --after",
      String(list.next),
    );
    expect((next.rows as Document[]).map((row) => row.id)).not.toContain(rows[0]?.id);
  });

  it("makes a cohort, a split that leaks, its audit, and the mended twin", async () => {
    const cohort = await overread("cohort create published --csv", films.cohortCsv);
    expect(cohort).toMatchObject({
      cohort: "published",
      classes: { covid: expect.any(Number) },
      unmatched: { count: 0 },
    });
    const split = await overread(
      "split create by-image --cohort published --strategy random --parts 60/20/20 --seed 42",
    );
    expect(split).toMatchObject({
      split: "by-image",
      parts: { train: { images: expect.any(Number), patients: expect.any(Number) } },
    });
    const audit = await overread("split audit by-image");
    expect((audit.leaks as Document).patients).toBeGreaterThan(0);
    expect(audit).toMatchObject({ parts: { test: { byClass: { covid: { share: expect.any(Number) } } } } });
    expect((audit.pairs as Document[])[0]).toMatchObject({
      image: expect.anything(),
      trainImage: expect.anything(),
      reason: expect.any(String),
    });
    await overread("split mend by-image --as by-patient");
    const mended = await overread("split audit by-patient");
    expect(mended.leaks).toEqual({ patients: 0, groups: 0, films: 0 });
    const csv = await run(["split", "export", "by-patient"]);
    expect(csv.stdout.split("\n")[0]).toBe("dataset,path,patient,class,part");
  });

  it("trains without a running worker and explains a prediction", async () => {
    const trained = await overread("train --split by-patient --network compact --epochs 2 --seed 42 --wait");
    expect(trained).toMatchObject({
      status: "done",
      engine: expect.anything(),
      seconds: { features: expect.any(Number), training: expect.any(Number) },
    });
    expect(trained.epochs).toHaveLength(2);
    expect((trained.epochs as Document[])[0]).toMatchObject({
      epoch: 1,
      loss: expect.any(Number),
      accuracy: expect.any(Number),
      valLoss: expect.any(Number),
      valAccuracy: expect.any(Number),
    });
    const id = String(trained.run);
    expect(await overread("run show", id)).toMatchObject({ status: "done" });
    const predictions = await run(["run", "predictions", id, "--json"]);
    const rows = JSON.parse(predictions.stdout);
    const first = (Array.isArray(rows) ? rows : rows.rows)[0];
    expect(first).toMatchObject({
      image: expect.anything(),
      part: expect.any(String),
      class: expect.any(String),
    });
    const file = path.join(folder, "overlay.png");
    const test = (Array.isArray(rows) ? rows : rows.rows).find((row: Document) => row.part === "test");
    const saliency = await overread("saliency", id, "--image", String(test.image), "--out", file);
    expect(saliency).toMatchObject({
      score: expect.any(Number),
      min: expect.any(Number),
      max: expect.any(Number),
      file,
    });
    expect((await readFile(file)).subarray(1, 4).toString()).toBe("PNG");
  }, 180_000);

  it("makes worklists, freezes and exports labels, keeps people and the audit trail", async () => {
    await overread("worklist create doubtful --kind uncertain-first --dataset chexpert");
    expect(await overread("worklist show doubtful")).toMatchObject({
      worklist: "doubtful",
      read: 0,
      readers: [],
    });
    await overread("labels freeze as-imported");
    expect(await overread("labels diff :source as-imported")).toMatchObject({
      images: 0,
      studies: [],
      next: null,
    });
    const policy = "labels policy --uncertain U-Ones --blank negative --label-set as-imported";
    expect(await overread(policy)).toMatchObject({ policy: { uncertain: "U-Ones" } });
    expect(await overread("labels history 1")).toMatchObject({
      study: 1,
      origin: "source",
      standing: [],
    });
    const exported = await run(["labels", "export", "as-imported", "--format", "chexpert"]);
    const table = await readFile(path.join(films.chexpert, "train.csv"), "utf8");
    expect(exported.stdout.split("\n")[0]?.trim()).toBe(table.split("\n")[0]?.trim());
    await overread("user add reader@example.org --role reader");
    expect((await run(["user", "list", "--json"])).stdout).toContain("reader@example.org");
    expect(await overread("audit verify")).toMatchObject({
      ok: true,
      rows: expect.any(Number),
      head: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it("takes reads that were made elsewhere and says how far they agree", async () => {
    await overread("user add second@example.org --role reader");
    const listed = (await overread("image list --dataset chexpert --limit 200")).rows as Document[];
    await overread("worklist create twice --kind random --reads 2");
    const said = listed.map(({ path: film }, at) => [
      `${film},reader@example.org,${at % 2}`,
      `${film},second@example.org,${at % 3 === 0 ? 1 : 0}`,
    ]);
    const reads = path.join(folder, "reads.csv");
    await writeFile(
      reads,
      ["study,reader,Pneumonia", ...said.flat(), "nowhere,reader@example.org,1"].join("\n"),
    );
    const brought = await overread("read import", reads, "--worklist", "twice");
    expect(brought).toMatchObject({ readers: 2, reads: 2 * Number(brought.studies) });
    const { rows } = brought.rejected as { rows: Document[] };
    expect(rows.at(-1)).toMatchObject({
      line: 2 * listed.length + 2,
      reason: expect.stringContaining("nowhere"),
    });
    expect(await overread("read import", reads, "--worklist", "twice")).toMatchObject({
      added: 0,
      revised: 0,
    });
    const agreed = await overread("agreement --worklist twice --finding Pneumonia");
    expect(agreed).toMatchObject({
      finding: "Pneumonia",
      n: brought.studies,
      readers: 2,
      kappaKind: "cohen",
      kappa: expect.any(Number),
      alpha: expect.any(Number),
      pabak: expect.any(Number),
      positiveAgreement: expect.any(Number),
      negativeAgreement: expect.any(Number),
      interval: { alpha: { low: expect.any(Number), high: expect.any(Number) } },
    });
    expect(agreed.byReader).toHaveLength(2);
    expect(agreed.byReader).toMatchObject([
      { medianSeconds: null, against: { n: brought.studies, specificity: expect.any(Number) } },
      { positiveRates: { Pneumonia: { own: { answers: brought.studies } } } },
    ]);
  });
});

describe("failures on the command line", () => {
  const cases: readonly { readonly of: string; readonly words: string[]; readonly code: string }[] = [
    { of: "an unknown noun", words: ["nonsense"], code: "invalid" },
    { of: "a folder that is not there", words: ["import", "chexpert", "nowhere"], code: "not-found" },
    {
      of: "parts that do not add to 100",
      words: "split create x --cohort published --strategy random --parts 60/20/30 --seed 1".split(" "),
      code: "invalid",
    },
    { of: "an unknown split", words: ["split", "audit", "nowhere"], code: "not-found" },
    { of: "an unknown run", words: ["run", "show", "999999"], code: "not-found" },
    { of: "an unknown person", words: ["dataset", "list", "--as", "nobody@example.org"], code: "not-found" },
    {
      of: "a reader who imports",
      words: ["import", "chexpert", "FILMS", "--as", "reader@example.org"],
      code: "forbidden",
    },
  ];
  it.each([
    ["a noun without a verb", "worklist", /--help/],
    ["no word at all", "", /--help/],
    ["a count that is no number", "worklist create x --kind random --reads two", /--reads .*whole number/],
    ["half a study", "worklist create x --kind random --limit 1.5", /--limit .*whole number/],
    ["ids that are none", "worklist create x --kind selection --studies 1,two", /--studies .*whole number/],
    [
      "a run that is none",
      "agreement --worklist x --finding Edema --run one --class a",
      /--run .*whole number/,
    ],
    ["a threshold that is none", "agreement --worklist x --threshold half", /--threshold .*number/],
    ["a study that is none", "labels history one", /whole number/],
  ])("%s is told in words", async (_, words, message) => {
    const answer = await run([...words.split(" ").filter(Boolean), "--json"]);
    expect(answer.exit).not.toBe(0);
    expect(JSON.parse(answer.stdout)).toEqual({
      error: { code: "invalid", message: expect.stringMatching(message) },
    });
  });

  it.each(cases)("$of answers one document with code $code and a non-zero exit", async ({ words, code }) => {
    const answer = await run([...words.map((word) => (word === "FILMS" ? films.chexpert : word)), "--json"]);
    expect(answer.exit).not.toBe(0);
    expect(JSON.parse(answer.stdout)).toMatchObject({ error: { code, message: expect.any(String) } });
  });

  it("a cohort of one class is refused", async () => {
    const file = path.join(folder, "one-class.csv");
    const [header, ...rows] = (await readFile(films.cohortCsv, "utf8")).trim().split("\n");
    await writeFile(file, [header, ...rows.filter((row) => /,covid\r?$/.test(row))].join("\n"));
    const answer = await run(["cohort", "create", "one", "--csv", file, "--json"]);
    expect(JSON.parse(answer.stdout)).toMatchObject({ error: { code: "invalid" } });
  });
});

/** A command as it is typed; words with blanks or of this run follow one by one. */
async function overread(typed: string, ...more: string[]): Promise<Document> {
  const words = [...typed.split(" "), ...more];
  const { stdout, stderr, exit } = await run([...words, "--json"]);
  if (exit !== 0) throw new Error(`overread ${words.join(" ")} failed: ${stdout}${stderr}`);
  return JSON.parse(stdout) as Document;
}

function run(words: readonly string[]): Promise<{ stdout: string; stderr: string; exit: number }> {
  const env = childEnvironment({
    OVERREAD_DATA: path.join(folder, "data"),
    DATABASE_URL: "",
    LOG_LEVEL: "warn",
  });
  return new Promise((resolve) => {
    const program = [path.resolve("server/cli/bin.mjs"), ...words];
    execFile(process.execPath, program, { env, maxBuffer: 64e6 }, (error, stdout, stderr) =>
      resolve({ stdout, stderr, exit: error ? Number(error.code ?? 1) : 0 }),
    );
  });
}
