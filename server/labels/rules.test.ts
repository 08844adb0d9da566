import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { database } from "@/server/db/client";
import { reads } from "@/server/db/schema";
import { plantDataset, plantImage, plantPatient, plantStudy } from "@/server/images/browse/images.fixture";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { settleLabels } from "./current-labels";
import { currentLabelRule } from "./rules";

testDatabase();

const read = (labels: string) => ({ kind: "read", labels }) as const;
const adjudication = (labels: string) => ({ kind: "adjudication", labels }) as const;
const of15 = (labels: string) => labels.padEnd(15, ".");

describe("the current label of a study", () => {
  it("is the source while nobody has read it", async () => {
    expect(await settled("+-?.", [])).toEqual({ labels: "+-?.", origin: "source" });
  });

  it("is the only read, also where that read says nothing", async () => {
    expect(await settled("++++", [read("....")])).toEqual({ labels: "....", origin: "read" });
  });

  it("is the consensus of two reads", async () => {
    expect(await settled("....", [read("+-+."), read("+-.-")])).toEqual({
      labels: of15("+-?-"),
      origin: "consensus",
    });
  });

  it("is the latest adjudication whatever the reads say", async () => {
    const said = [read("+"), adjudication("-"), read("+"), adjudication("?"), read("+")];
    expect(await settled("+", said)).toEqual({ labels: "?", origin: "adjudicated" });
  });

  it("takes strings of different ages as if the shorter said nothing more", async () => {
    expect((await settled("", [read("+"), read("+-")])).labels).toBe(of15("+-"));
  });

  it("leaves out reads that were replaced or withdrawn", async () => {
    const gone = [
      { ...read("-"), current: false },
      { ...read("-"), withdrawn: true },
    ];
    expect(await settled(".", [...gone, read("+")])).toEqual({ labels: "+", origin: "read" });
    expect(await settled("?", gone)).toEqual({ labels: "?", origin: "source" });
  });
});

describe("consensus", () => {
  it.each([
    { said: "++", becomes: "+" },
    { said: "+-", becomes: "?" },
    { said: "+.", becomes: "?" },
    { said: "?-", becomes: "?" },
    { said: "?.", becomes: "?" },
    { said: "-.", becomes: "-" },
    { said: "..", becomes: "." },
    { said: "++-", becomes: "+" },
    { said: "--+", becomes: "-" },
    { said: "..+", becomes: "." },
    { said: "+-.", becomes: "?" },
    { said: "??.", becomes: "?" },
    { said: "++--", becomes: "?" },
    { said: "--..", becomes: "-" },
    { said: "+++-", becomes: "+" },
  ])("of $said is $becomes, in any order", async ({ said, becomes }) => {
    for (const order of [[...said], [...said].toReversed()]) {
      const [row] = await database().execute<{ labels: string }>(
        sql`select consensus_labels(${`{${order.join(",")}}`}::text[], 1) as labels`,
      );
      expect(row?.labels).toBe(becomes);
    }
  });
});

it("the rule is stated in the order in which it is applied", () => {
  const order = ["Adjudicated", "consensus", "only read", "source"].map((word) =>
    currentLabelRule.indexOf(word),
  );
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(Math.min(...order)).toBe(0);
});

type Said = { kind: "read" | "adjudication"; labels: string; current?: boolean; withdrawn?: boolean };

/** A study with that source and one read by a reader of her own for each that is said. */
async function settled(source: string, said: readonly Said[]) {
  const datasetId = await plantDataset(randomUUID());
  const patientId = await plantPatient(datasetId, "1");
  const studyId = await plantStudy({ datasetId, patientId }, 1, source);
  await plantImage({ datasetId, patientId, studyId }, { path: "film.png", labels: source });
  for (const one of said) {
    const { userId: readerId } = await personWith("reader");
    await database()
      .insert(reads)
      .values({ ...one, studyId, readerId, revision: 1, blind: true, idempotencyKey: randomUUID() });
  }
  return database().transaction((tx) => settleLabels(tx, studyId));
}
