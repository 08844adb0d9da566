import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { auditLog, images } from "@/server/db/schema";
import { plantDataset, plantImage, plantPatient, plantStudy } from "@/server/images/browse/images.fixture";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { vocabulary } from "./vocabulary";
import { addFinding, changeFinding, lookOf } from "./vocabulary-commands";
import { vocabularyImpact } from "./vocabulary-impact";
import type { Changeable } from "./vocabulary-schema";

testDatabase();

const shell = { kind: "shell", osUser: "test" } as const;
const [none, cardiomegaly, opacity, pneumonia, covid] = [0, 2, 3, 7, 14];
const nodule = { name: "Nodule", shortName: "Nodule", key: "Y", parent: opacity };

// Each test finds the vocabulary as it was delivered.
beforeEach(async () => {
  await database().execute(sql`delete from findings where position > 14`);
  await database().execute(sql`update findings set retired_at = null`);
  for (const [position, look] of Object.entries(delivered)) {
    await database().execute(sql`update findings set key = ${look.key}, parent = ${look.parent},
      short_name = ${look.shortName} where position = ${position}::int`);
  }
});

const delivered = {
  [cardiomegaly]: { key: "C", parent: 1, shortName: "Cardiomegaly" },
  [opacity]: { key: "O", parent: null, shortName: "Lung opacity" },
  [pneumonia]: { key: "P", parent: 3, shortName: "Pneumonia" },
  [covid]: { key: "V", parent: 7, shortName: "COVID-19" },
};

describe("adding a finding", () => {
  it("gives it the next place in every label, behind its parent's kinds, and leaves the labels as they are", async () => {
    const datasetId = await plantDataset("films");
    const patientId = await plantPatient(datasetId, "p1");
    const studyId = await plantStudy({ datasetId, patientId }, 1, "+-");
    const image = await plantImage({ datasetId, patientId, studyId }, { path: "a", labels: "+-" });
    expect(valueIn(await addFinding(shell, nodule))).toEqual({ position: 15, name: "Nodule" });
    const names = (await vocabulary()).map(({ name }) => name);
    expect(names.slice(names.indexOf("Atelectasis"), names.indexOf("Atelectasis") + 2)).toEqual([
      "Atelectasis",
      "Nodule",
    ]);
    expect(names).toHaveLength(16);
    const [kept] = await database().select().from(images).where(eq(images.id, image.id));
    expect(kept?.labels).toBe("+-");
    const trail = await database()
      .select()
      .from(auditLog)
      .where(eq(auditLog.action, "vocabulary.finding-added"));
    expect(trail.at(-1)?.detail).toMatchObject({ after: { name: "Nodule", key: "Y" } });
  });

  it.each([
    { wrong: { name: "pneumonia", shortName: "PNA" }, code: "conflict", says: /Pneumonia already/ },
    { wrong: { shortName: "cardiomegaly" }, code: "conflict", says: /shown as “Cardiomegaly” already/ },
    { wrong: { key: "P" }, code: "conflict", says: /P is already the key for Pneumonia/ },
    { wrong: { key: "S" }, code: "invalid", says: /S has another meaning/ },
    { wrong: { key: "1" }, code: "invalid", says: /one letter/ },
    { wrong: { key: "jj" }, code: "invalid", says: /one letter/ },
    { wrong: { parent: 40 }, code: "invalid", says: /parent is not in the vocabulary/ },
    { wrong: { name: " " }, code: "invalid", says: /a name/ },
    { wrong: { shortName: "x".repeat(25) }, code: "invalid", says: /24 characters/ },
  ])("refuses $wrong", async ({ wrong, code, says }) => {
    const refused = { code, message: expect.stringMatching(says) };
    expect(await addFinding(shell, { ...nodule, ...wrong })).toMatchObject(refused);
    expect(await vocabularyImpact(shell, { add: { ...nodule, ...wrong } })).toMatchObject(refused);
    expect(await vocabulary()).toHaveLength(15);
  });

  it("makes one of two that a double click sends, and may leave a finding without a key", async () => {
    const both = await Promise.all([addFinding(shell, nodule), addFinding(shell, nodule)]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    for (const name of ["Scar", "Calcification"]) {
      valueIn(await addFinding(shell, { name, shortName: name, key: null, parent: null }));
    }
    const keys = (await vocabulary()).filter(({ position }) => position > 14).map(({ key }) => key);
    expect(keys.sort()).toEqual(["", "", "Y"]);
  });
});

describe("changing a finding", () => {
  it("changes what readers see and not its name, and says so in the trail", async () => {
    await change(cardiomegaly, { shortName: "Big heart", key: "Y", parent: null });
    expect((await vocabulary())[2]).toMatchObject({
      name: "Cardiomegaly",
      shortName: "Big heart",
      key: "Y",
      parent: null,
    });
    const trail = await database()
      .select()
      .from(auditLog)
      .where(eq(auditLog.action, "vocabulary.finding-changed"));
    expect(trail.at(-1)?.detail).toMatchObject({
      name: "Cardiomegaly",
      before: { shortName: "Cardiomegaly", key: "C", parent: 1 },
      after: { shortName: "Big heart", key: "Y", parent: null },
    });
  });

  it("refuses a cycle, however long, and a finding as its own parent", async () => {
    // COVID-19 is a kind of Pneumonia, which is a kind of Lung Opacity.
    for (const [position, parent] of [
      [opacity, covid],
      [pneumonia, covid],
      [pneumonia, pneumonia],
    ] as const) {
      expect(await tryChange(position, { parent })).toMatchObject({
        code: "conflict",
        message: expect.stringMatching(/kind of itself/),
      });
    }
    expect(await tryChange(covid, { parent: opacity })).toMatchObject({ ok: true });
  });

  it("refuses two windows' changes that would cross: the second sees what the first did", async () => {
    const seen = lookOf(await find(covid));
    const first = changeFinding(shell, { position: covid, seen, change: { ...seen, key: "W" } });
    const second = changeFinding(shell, { position: covid, seen, change: { ...seen, key: "Y" } });
    const answers = await Promise.all([first, second]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/meanwhile/),
    });
  });

  it("lets only one of two findings have a letter that both are given at once", async () => {
    const answers = await Promise.all([tryChange(covid, { key: "W" }), tryChange(opacity, { key: "W" })]);
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });

  it("retires a finding, whose letter comes free, and takes it up again while the letter is", async () => {
    const retired = await change(covid, { retired: true });
    expect(await find(covid)).toMatchObject({ retired: true });
    await change(cardiomegaly, { key: "V" });
    expect(
      await changeFinding(shell, { position: covid, seen: retired, change: { ...retired, retired: false } }),
    ).toMatchObject({ code: "conflict", message: "V is already the key for Cardiomegaly." });
    await change(covid, { retired: false, key: null });
    expect(await find(covid)).toMatchObject({ retired: false, key: "" });
  });

  it("refuses to retire what others are kinds of, and what the rules of reading need", async () => {
    expect(await tryChange(pneumonia, { retired: true })).toMatchObject({
      message: expect.stringMatching(/COVID-19 is a kind/),
    });
    expect(await tryChange(none, { retired: true })).toMatchObject({
      message: expect.stringMatching(/need No Finding/),
    });
    await change(covid, { retired: true });
    expect(await tryChange(opacity, { parent: covid })).toMatchObject({ code: "invalid" });
  });

  it("is for administrators alone", async () => {
    for (const role of ["reader", "adjudicator", "scientist"] as const) {
      const person = await personWith(role);
      const seen = lookOf(await find(covid));
      const input = { position: covid, seen, change: { ...seen, key: "W" } };
      expect(await changeFinding(person, input)).toMatchObject({ code: "forbidden" });
      expect(await addFinding(person, nodule)).toMatchObject({ code: "forbidden" });
      expect(await vocabularyImpact(person, { change: input })).toMatchObject({ code: "forbidden" });
    }
    const seen = { shortName: "", key: null, parent: null, retired: false };
    expect(
      await changeFinding(shell, { position: 60, seen, change: { ...seen, shortName: "x" } }),
    ).toMatchObject({ code: "not-found" });
    expect(await addFinding(await personWith("administrator"), nodule)).toMatchObject({ ok: true });
  });
});

describe("what a change means", () => {
  it("is told with counts of what is there, before it is made", async () => {
    const datasetId = await plantDataset("counted");
    const patientId = await plantPatient(datasetId, "p2");
    // Cardiomegaly, then Pneumonia: 2 images +, 1 of a study that says Pneumonia −; 1 ?; 1 without.
    const label = (heart: string, lung: string) => `..${heart}....${lung}`;
    for (const [at, labels] of [label("+", "-"), label("+", "."), label("?", "."), "+"].entries()) {
      const studyId = await plantStudy({ datasetId, patientId }, at + 1, labels);
      await plantImage({ datasetId, patientId, studyId }, { path: `${at}`, labels });
    }
    expect(await told(cardiomegaly, { retired: true })).toMatch(
      /2 positive, 0 negative and 1 uncertain images/,
    );
    expect(await told(cardiomegaly, { parent: pneumonia })).toMatch(
      /1 study now has Cardiomegaly positive and Pneumonia negative/,
    );
    expect(await told(cardiomegaly, { shortName: "Heart" })).toMatch(
      /it stays Cardiomegaly; no label changes/,
    );
    expect(await told(cardiomegaly, { key: "W" })).toMatch(/W in place of C/);
    expect(await told(cardiomegaly, {})).toBe("Nothing changes.");
    expect((await vocabulary())[2]).toMatchObject({ retired: false, parent: 1 });
  });

  it("names readers whose own keys collide with the new one", async () => {
    const reader = await personWith("reader");
    await database().execute(sql`
      update users set preferences = '{"readingKeys": {"skip": "W"}}' where id = ${reader.userId}`);
    expect(await told(covid, { key: "W" })).toMatch(/1 reader gave W to something else/);
  });
});

async function find(position: number) {
  const found = (await vocabulary()).find((one) => one.position === position);
  if (!found) throw new Error(`no finding at ${position}`);
  return found;
}

async function tryChange(position: number, part: Partial<Changeable>) {
  const seen = lookOf(await find(position));
  return changeFinding(shell, { position, seen, change: { ...seen, ...part } });
}

/** Makes the change, and returns the look that it left. */
async function change(position: number, part: Partial<Changeable>): Promise<Changeable> {
  valueIn(await tryChange(position, part));
  return lookOf(await find(position));
}

async function told(position: number, part: Partial<Changeable>): Promise<string> {
  const seen = lookOf(await find(position));
  const change = { position, seen, change: { ...seen, ...part } };
  return valueIn(await vocabularyImpact(shell, { change })).sentences.join(" ");
}
