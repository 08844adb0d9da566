import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Person } from "@/server/auth/actor";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { reads, worklists } from "@/server/db/schema";
import { plantDataset, plantImage, plantPatient, plantStudy } from "@/server/images/browse/images.fixture";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { freezeLabels } from "./commands";
import { consensusAt } from "./current-label";
import { settleLabels } from "./current-labels";
import { labelHistory } from "./history";
import { sameLabels } from "./states";

testDatabase();

const shell = { kind: "shell", osUser: "test" } as const;
const of15 = (labels: string) => labels.padEnd(15, ".");

describe("the history of a study's labels", () => {
  it("tells who said what when, what the label became and by which step of the rule", async () => {
    const study = await plant("..+?");
    const [ada, ben, cora] = await Promise.all([
      personWith("reader"),
      personWith("reader"),
      personWith("adjudicator"),
    ]);
    const worklistId = await list("monday");
    await says(study, ada, { labels: "..-?", comment: "no heart", worklistId });
    await says(study, ben, { labels: "..+-" });
    await says(study, ada, { labels: "..-?", withdrawn: true });
    await says(study, cora, { labels: "..--", kind: "adjudication" });
    const history = valueIn(await labelHistory(shell, { study }));
    expect(history).toMatchObject({
      current: "..--",
      origin: "adjudicated",
      patient: "p1",
      images: [],
      frozen: [],
    });
    expect(history.steps).toMatchObject([
      { kind: "import", by: "films 1", at: null, said: "..+?", current: "..+?", origin: "source" },
      {
        kind: "read",
        by: ada.name,
        revision: 1,
        comment: "no heart",
        worklist: { id: worklistId, name: "monday" },
        current: "..-?",
        origin: "read",
      },
      { kind: "read", by: ben.name, current: of15("..??"), origin: "consensus" },
      { kind: "withdrawal", by: ada.name, revision: 2, current: "..+-", origin: "read" },
      { kind: "adjudication", by: cora.name, current: "..--", origin: "adjudicated" },
    ]);
    expect(history.standing.map(({ by, kind }) => [by, kind])).toEqual([
      [ben.name, "read"],
      [cora.name, "adjudication"],
    ]);
    expect(history.steps[1]?.at).toBeInstanceOf(Date);
  });

  it("says after every step what the database had settled on, whatever happens in whatever order", async () => {
    const people = await Promise.all(
      ["reader", "reader", "reader", "adjudicator"].map((role) => personWith(role as "reader")),
    );
    const study = await plant("+-?.");
    const settled: { labels: string; origin: string }[] = [];
    let seed = 7;
    const draw = (below: number) => {
      // Park and Miller's generator: the same events in every run.
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let event = 0; event < 60; event += 1) {
      // In the end each takes her read back.
      const at = event < 56 ? draw(people.length) : event - 56;
      const person = people[at] as Person;
      const labels = Array.from({ length: draw(16) }, () => "+-?."[draw(4)]).join("");
      const kind = at === 3 ? ("adjudication" as const) : ("read" as const);
      await says(study, person, { labels, kind, withdrawn: event >= 56 || draw(3) === 0 });
      settled.push(await current(study));
    }
    const { steps } = valueIn(await labelHistory(shell, { study }));
    expect(new Set(settled.map(({ origin }) => origin))).toEqual(
      new Set(["source", "read", "consensus", "adjudicated"]),
    );
    for (const [at, { current: said, origin }] of steps.slice(1).entries()) {
      expect({ at, origin, same: sameLabels(said, settled[at]?.labels ?? "x") }).toEqual({
        at,
        origin: settled[at]?.origin,
        same: true,
      });
    }
  });

  it("names the images that were imported with labels of their own, and what label sets froze", async () => {
    const study = await plant("+", ["+", "-."]);
    const { id } = valueIn(await freezeLabels(shell, { name: "early" }));
    const history = valueIn(await labelHistory(shell, { study }));
    expect(history.images.map(({ labels }) => labels)).toEqual(["-."]);
    expect(history.frozen).toMatchObject([{ id, name: "early", labels: "+" }]);
  });

  it("is of a study that is there, and not for readers", async () => {
    const study = await plant("+");
    expect(await labelHistory(shell, { study: 999_999 })).toMatchObject({ code: "not-found" });
    expect(await labelHistory(shell, { study: 0 })).toMatchObject({ code: "invalid" });
    expect(await labelHistory(await personWith("reader"), { study })).toMatchObject({ code: "forbidden" });
    expect(await labelHistory(await personWith("scientist"), { study })).toMatchObject({ ok: true });
  });
});

describe("what reads agree on", () => {
  it.each([
    { said: "++-", state: "positive", by: "majority" },
    { said: "+-", state: "uncertain", by: "somebody sees it" },
    { said: "-.", state: "negative", by: "nobody sees it" },
    { said: "..", state: "unmentioned", by: "majority" },
    { said: "+?-.", state: "uncertain", by: "somebody sees it" },
  ])("of $said is $state, by $by", ({ said, state, by }) => {
    expect(consensusAt([...said], 0)).toMatchObject({ state, by });
  });
});

let planted = 0;

async function plant(source: string, images: readonly string[] = [source]): Promise<number> {
  planted += 1;
  const datasetId = await plantDataset(`films ${planted}`);
  const patientId = await plantPatient(datasetId, `p${planted}`);
  const studyId = await plantStudy({ datasetId, patientId }, 1, source);
  for (const [at, labels] of images.entries()) {
    await plantImage({ datasetId, patientId, studyId }, { path: `${planted}/${at}.jpg`, labels });
  }
  return studyId;
}

async function list(name: string): Promise<number> {
  const [row] = await database()
    .insert(worklists)
    .values({ name, kind: "random", query: {}, createdBy: "test" })
    .returning();
  return row?.id ?? 0;
}

type Said = {
  labels: string;
  kind?: "read" | "adjudication";
  withdrawn?: boolean;
  comment?: string;
  worklistId?: number;
};

/** The person's next revision of the study, as submitting and undoing write it. */
async function says(studyId: number, { userId: readerId }: Person, said: Said): Promise<void> {
  await database().transaction(async (tx) => {
    const [last] = await tx.execute<{ revision: number }>(sql`
      select coalesce(max(revision), 0)::int as revision from reads
      where study_id = ${studyId} and reader_id = ${readerId}`);
    await tx.execute(
      sql`update reads set current = false where study_id = ${studyId} and reader_id = ${readerId}`,
    );
    await tx.insert(reads).values({
      ...said,
      studyId,
      readerId,
      revision: (last?.revision ?? 0) + 1,
      blind: true,
      idempotencyKey: randomUUID(),
    });
    await settleLabels(tx, studyId);
  });
}

async function current(studyId: number) {
  const [row] = await database().execute<{ labels: string; origin: string }>(sql`
    select current_labels as labels, label_origin as origin from studies where id = ${studyId}`);
  return { labels: row?.labels ?? "", origin: row?.origin ?? "" };
}
