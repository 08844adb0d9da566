import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Person } from "@/server/auth/actor";
import { valueOrThrow } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { overview } from "./overview";
import { runningJobs } from "./running";
import { search } from "./search";

testDatabase();

let reader: Person;
let scientist: Person;
let empty: Awaited<ReturnType<typeof overview>>;

beforeAll(async () => {
  reader = await personWith("reader");
  scientist = await personWith("scientist");
  empty = await overview(reader, {});
  await furnish(reader.userId);
});

/** A small installation: two worklists, a leaky split with runs, an import that failed and one that waits. */
async function furnish(readerId: number): Promise<void> {
  const db = database();
  await db.execute(
    sql`insert into datasets (name, format, created_by) values ('chexpert 100%', 'chexpert', 'test')`,
  );
  await db.execute(sql`insert into patients (dataset_id, external_id, placeholder)
    select 1, 'patient' || lpad(g::text, 5, '0'), g = 10 from generate_series(1, 20) g`);
  await db.execute(sql`insert into studies (dataset_id, patient_id, external_id)
    select 1, id, 'study1' from patients`);
  await db.execute(sql`insert into worklists (name, kind, query, status, created_by, reads_wanted, studies) values
    ('Uncertain first', 'uncertain-first', '{}', 'open', 'test', 1, 10),
    ('Twice', 'random', '{}', 'open', 'test', 2, 10), ('Closed', 'random', '{}', 'closed', 'test', 1, 10)`);
  // Of ten studies the first two are read by others, the third is skipped, the fourth is mine.
  await db.execute(sql`insert into worklist_items (worklist_id, study_id, position, reads_done, taken, skipped)
    select w, g, g, (w = 1 and g <= 2)::int, (w = 1 and g <= 2)::int, w = 1 and g = 3
    from generate_series(1, 3) w, generate_series(1, 10) g order by w, g`);
  await db.execute(sql`insert into assignments (item_id, worklist_id, reader_id, status)
    select id, 1, ${readerId}, 'submitted' from worklist_items where worklist_id = 1 and position = 4`);
  await db.execute(sql`insert into cohorts (name, source, rule, classes, images, patients, unmatched, dataset_versions, created_by)
    values ('published', 'rule', '{}', '["covid","other"]', 20, 20, '{"count":0,"rows":[]}', '{}', 'test')`);
  await db.execute(sql`insert into splits (name, cohort_id, strategy, shares, seed, summary, audit, created_by) values
    ('leaky 42', 1, 'random', '{}', 42, '{}', '{"parts":{"test":{"images":132,"leaked":66}}}', 'test'),
    ('mended 42', 1, 'patient', '{}', 42, '{}', '{"parts":{"test":{"images":132,"leaked":0}}}', 'test'),
    ('leaky but unused', 1, 'random', '{}', 1, '{}', '{"parts":{"test":{"images":9,"leaked":9}}}', 'test')`);
  await db.execute(sql`insert into runs (split_id, network, configuration, seed, classes, dataset_versions, code_version, status,
      progress, metrics, error, created_by, finished_at) values
    (1, 'compact', '{}', 42, '[]', '{}', 'x', 'done', null,
      '{"parts":{"test":{"metrics":{"accuracy":{"value":0.9,"low":0.8,"high":0.95}}}}}', null, 'test', now()),
    (1, 'compact', '{}', 42, '[]', '{}', 'x', 'failed', null, null, 'out of memory', 'test', now()),
    (2, 'densenet121', '{}', 42, '[]', '{}', 'x', 'running', '{"phase":"training","done":3,"total":50,"secondsLeft":40}',
      null, null, 'test', null)`);
  await db.execute(
    sql`insert into run_epochs (run_id, epoch, loss, accuracy, seconds) values (3, 2, 0.4, 0.8, 1), (3, 1, 0.6, 0.7, 1)`,
  );
  await db.execute(sql`insert into imports (dataset_name, format, source, status, started_by, error, finished_at) values
    ('nih', 'chexpert', '/data', 'failed', 'test', 'There is no train.csv.', now()),
    ('covid', 'covid-chestxray', '/data', 'queued', 'test', null, null),
    ('chexpert', 'chexpert', '/data', 'done', 'test', null, now() - interval '1 day'),
    ('chexpert', 'chexpert', '/data', 'done', 'test', null, now())`);
}

describe("the overview", () => {
  it("of an empty installation has nothing but the first steps", () => {
    expect(valueOrThrow(empty)).toEqual({
      worklists: [],
      running: [],
      leaky: [],
      failed: [],
      noWorker: false,
      quarantined: 0,
      results: [],
      steps: { datasets: false, reads: false, runs: false },
    });
  });

  it("counts what is left for this reader: not what is read, skipped, or hers already", async () => {
    const mine = valueOrThrow(await overview(reader, {})).worklists;
    expect(mine).toEqual([
      { id: 2, name: "Twice", studies: 10, read: 0, leftForMe: 10 },
      { id: 1, name: "Uncertain first", studies: 10, read: 2, leftForMe: 6 },
    ]);
    const others = valueOrThrow(await overview(await personWith("reader"), {})).worklists;
    expect(others.map((worklist) => worklist.leftForMe)).toEqual([10, 7]);
  });

  it("names the leaky splits that runs use, failed ones not counted, and only those", async () => {
    expect(valueOrThrow(await overview(scientist, {})).leaky).toEqual([
      { id: 1, name: "leaky 42", leaked: 66, images: 132, runs: 1 },
    ]);
  });

  it("tells what failed, and that work waits for a worker", async () => {
    const found = valueOrThrow(await overview(scientist, {}));
    expect(found.failed.map(({ label, error, href }) => [label, error, href])).toEqual([
      ["Import of nih", "There is no train.csv.", "/datasets/import?import=1"],
      ["Run 2", "out of memory", "/training/2"],
    ]);
    expect(found.noWorker).toBe(true);
    await database().execute(sql`insert into workers (id, host, pid) values (gen_random_uuid(), 'here', 1)`);
    expect(valueOrThrow(await overview(scientist, {})).noWorker).toBe(false);
  });

  it("has the newest results with the run's accuracy", async () => {
    const { results } = valueOrThrow(await overview(scientist, {}));
    expect(results.find((result) => result.kind === "run")).toMatchObject({
      label: "Run 1 · compact",
      detail: "on leaky 42",
      metric: { value: 0.9, low: 0.8, high: 0.95 },
      href: "/models/1/evaluation",
    });
    expect(results.filter((result) => result.kind === "import").map((result) => result.id)).toEqual([
      "chexpert",
    ]);
    const times = results.map((result) => result.at.getTime());
    expect(times).toEqual([...times].sort((a, b) => b - a));
  });

  it("shows a reader no run, split or cohort", async () => {
    const found = valueOrThrow(await overview(reader, {}));
    expect(found.leaky).toEqual([]);
    const shown = [...found.running, ...found.failed].map(({ kind }) => kind);
    expect(new Set([...shown, ...found.results.map(({ kind }) => kind)])).toEqual(new Set(["import"]));
  });
});

describe("what runs", () => {
  it("comes with its progress and the losses by epoch", async () => {
    const jobs = valueOrThrow(await runningJobs(scientist, {}));
    expect(jobs).toContainEqual({
      kind: "run",
      id: 3,
      label: "Run 3",
      status: "running",
      phase: "training",
      done: 3,
      total: 50,
      secondsLeft: 40,
      href: "/training/3",
      curve: [0.6, 0.4],
    });
    expect(valueOrThrow(await runningJobs(reader, {})).map((job) => job.label)).toEqual(["Import of covid"]);
  });
});

describe("search", () => {
  const hits = async (person: Person, text: string) =>
    valueOrThrow(await search(person, { text })).map((hit) => `${hit.kind} ${hit.label}`);

  it.each([
    ["CHEX", ["dataset chexpert 100%"]],
    ["100%", ["dataset chexpert 100%"]],
    ["patient0001", ["10 is left out"]],
    ["patient00013", ["patient patient00013"]],
    ["00013", []],
    ["uncertain", ["worklist Uncertain first"]],
    ["publ", ["cohort published"]],
    ["mended", ["split mended 42", "run Run 3 · densenet121"]],
    ["run 2", ["run Run 2 · compact"]],
    ["%", ["dataset chexpert 100%"]],
    ["_", []],
    ["\\", []],
    ["' or 1=1", []],
  ])("for %j finds %j", async (text, expected) => {
    const found = await hits(scientist, text);
    if (text === "patient0001") {
      expect(found).toHaveLength(5);
      expect(found).not.toContain("patient patient00010");
    } else expect(found).toEqual(expected);
  });

  it("finds a reader only what she may open", async () => {
    expect(await hits(reader, "42")).toEqual([]);
    expect(await hits(reader, "publ")).toEqual([]);
    expect(await hits(reader, "run 2")).toEqual([]);
    expect(await hits(reader, "twice")).toEqual(["worklist Twice"]);
  });

  it("needs a text, and not a book", async () => {
    expect(await search(reader, { text: "  " })).toMatchObject({ code: "invalid" });
    expect(await search(reader, { text: "x".repeat(121) })).toMatchObject({ code: "invalid" });
  });

  it("looks patients up by an index", async () => {
    const plan = await database().transaction(async (tx) => {
      await tx.execute(sql`set local enable_seqscan = off`);
      return tx.execute<{ "QUERY PLAN": string }>(
        sql`explain select id from patients where lower(external_id) like 'patient0001%'`,
      );
    });
    expect(plan.map((row) => row["QUERY PLAN"]).join("\n")).toContain("patients_external_prefix");
  });
});
