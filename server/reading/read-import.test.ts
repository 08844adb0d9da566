import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { importReads } from "./read-import";
import {
  countsDisagree,
  labelsOf,
  type PlantedStudy,
  plantRoom,
  shell,
  submit,
  take,
} from "./reading.fixture";
import { takeNext } from "./take-next";

testDatabase();

const people = () => [personWith("reader"), personWith("reader")] as const;
const blank = "...............";
const four = [blank, blank, blank, blank];

/** Where a study stands in this file's table: the fixture's patients have one study each. */
async function nameOf({ studyId }: PlantedStudy): Promise<string> {
  const [row] = await database().execute<{ name: string }>(sql`
    select p.external_id || '/' || s.external_id as name from studies s join patients p on p.id = s.patient_id
    where s.id = ${studyId}`);
  return row?.name ?? "";
}

async function room(options: { readsWanted?: number } = {}) {
  const planted = await plantRoom(people(), four, { readsWanted: 2, ...options });
  const [first = "", second = "", third = ""] = await Promise.all(planted.studies.map(nameOf));
  const bring = async (csv: string) => valueIn(await importReads(shell, { worklist: planted.worklist, csv }));
  return { ...planted, names: { first, second, third }, bring };
}

describe("reads that were made elsewhere", () => {
  it("become the readers' own: the labels settle, and nobody is given what she has read", async () => {
    const { studies, worklist, ada, ben, names, bring } = await room();
    const result = await bring(
      [
        "study,reader,Pneumonia,Edema,comment,seconds",
        `${names.first},${ada.email},1,-1,looks old,12.5`,
        `${names.first},${ben.email},positive,,,`,
        `${names.second},${ada.name},0,0.0,,3`,
      ].join("\n"),
    );
    expect(result).toMatchObject({
      reads: 3,
      readers: 2,
      studies: 2,
      added: 3,
      revised: 0,
      unchanged: 0,
      rejected: { count: 0, rows: [] },
    });
    const [first, second, third] = studies.map(({ studyId }) => studyId);
    expect(await labelsOf(first ?? 0)).toMatchObject({ origin: "consensus", current: ".....?.+......." });
    expect(await labelsOf(second ?? 0)).toMatchObject({ origin: "read", current: ".....-.-......." });
    expect(await countsDisagree(worklist)).toBe(0);
    const given = valueIn(await takeNext(ada, { worklist })).study?.item;
    const [row] = await database().execute<{ study: string }>(
      sql`select study_id as study from worklist_items where id = ${given ?? 0}`,
    );
    expect(Number(row?.study)).toBe(third);
  });

  it("change nothing when they come again, and make a revision where they say something else", async () => {
    const { studies, ada, names, bring } = await room();
    const csv = (state: string) => `study,reader,Edema\n${names.first},${ada.email},${state}\n`;
    await bring(csv("1"));
    expect(await bring(csv("+"))).toMatchObject({ reads: 1, added: 0, revised: 0, unchanged: 1 });
    expect(await bring(csv("0"))).toMatchObject({ reads: 1, added: 0, revised: 1, unchanged: 0 });
    const rows = await database().execute<{ revision: number; current: boolean }>(sql`
      select revision, current from reads where study_id = ${studies[0]?.studyId ?? 0} order by revision`);
    expect([...rows]).toEqual([
      { revision: 1, current: false },
      { revision: 2, current: true },
    ]);
    expect(await labelsOf(studies[0]?.studyId ?? 0)).toMatchObject({ current: ".....-.........", reads: 1 });
  });

  it("may be more than the worklist asks for: then it asks for no more", async () => {
    const { worklist, ada, ben, names, bring } = await room({ readsWanted: 1 });
    const line = (email: string) => `${names.first},${email},1`;
    await bring(["study,reader,Edema", line(ada.email), line(ben.email)].join("\n"));
    expect(await countsDisagree(worklist)).toBe(0);
  });

  it("stand beside reads that were made here", async () => {
    const { studies, worklist, ada, ben, names, bring } = await room();
    await submit(ada, await take(ada, worklist), "+..............");
    await bring(`study;reader;No Finding\r\n${names.first};${ben.email};1\r\n`);
    expect(await labelsOf(studies[0]?.studyId ?? 0)).toMatchObject({ origin: "consensus", reads: 2 });
    expect(await countsDisagree(worklist)).toBe(0);
  });

  it("name a study by a film's path, its folder, or its number here too", async () => {
    const { studies, ada, bring } = await room();
    const [row] = await database().execute<{ path: string }>(sql`
      select path from images where id = ${studies[0]?.imageId ?? 0}`);
    const lines = [`${row?.path},${ada.email},1`, `${studies[1]?.studyId},${ada.email},1`];
    expect(await bring(["study,reader,Edema", ...lines].join("\n"))).toMatchObject({ reads: 2, studies: 2 });
  });
});

describe("a table of reads with something wrong in it", () => {
  const bad: readonly { readonly of: string; readonly row: string; readonly reason: RegExp }[] = [
    { of: "an unknown study", row: "nowhere/study9,ADA,1", reason: /no study “nowhere\/study9”/ },
    { of: "an unknown reader", row: "FIRST,nobody@example.org,1", reason: /no reader “nobody@example.org”/ },
    { of: "an unknown state", row: "FIRST,ADA,maybe", reason: /Edema is “maybe”/ },
    {
      of: "a state that JavaScript knows as something else",
      row: "FIRST,ADA,toString",
      reason: /“tostring”/,
    },
    { of: "no study", row: ",ADA,1", reason: /No study/ },
    { of: "no reader", row: "FIRST,,1", reason: /No reader/ },
    { of: "too many cells", row: "FIRST,ADA,1,1", reason: /4 columns, the header 3/ },
    { of: "the same study and reader twice", row: "SECOND,ADA,0", reason: /as in line 2/ },
  ];

  it.each(bad)("$of is rejected with its line and reason, and the rest goes in", async ({ row, reason }) => {
    const { ada, names, bring } = await room();
    const filled = row
      .replace("FIRST", names.first)
      .replace("SECOND", names.second)
      .replace("ADA", ada.email);
    const csv = [
      "study,reader,Edema",
      `${names.second},${ada.email},1`,
      filled,
      `${names.third},${ada.email},0`,
    ];
    const result = await bring(csv.join("\n"));
    expect(result).toMatchObject({ reads: 2, rejected: { count: 1, rows: [{ line: 3 }] } });
    expect(result.rejected.rows[0]?.reason).toMatch(reason);
  });

  it("with an unknown finding loses that column only, and says so", async () => {
    const { ada, names, bring } = await room();
    const result = await bring(`study,reader,Edema,Gout\n${names.first},${ada.email},1,1\n`);
    expect(result).toMatchObject({
      reads: 1,
      rejected: { count: 1, rows: [{ line: 1, reason: "There is no finding “Gout”." }] },
    });
  });

  it("says which studies a name could mean", async () => {
    const { studies, ada, bring } = await room();
    const [row] = await database().execute<{ name: string }>(sql`
      select external_id as name from studies where id = ${studies[0]?.studyId ?? 0}`);
    const result = await bring(`study,reader,Edema\n${row?.name},${ada.email},1\n`);
    expect(result.rejected.rows[0]?.reason).toMatch(/could be 4 studies/);
  });

  it.each([
    ["an empty file", ""],
    ["no column of studies", "reader,Edema\na,1"],
    ["no column of readers", "study,Edema\na,1"],
    ["no finding at all", "study,reader\na,b"],
    ["a column twice", "study,reader,Edema,edema\na,b,1,1"],
    ["a quotation mark that never closes", 'study,reader,Edema\n"a,b,1'],
  ])("with %s is refused as a whole", async (_, csv) => {
    const { worklist } = await room();
    expect(await importReads(shell, { worklist, csv })).toMatchObject({ ok: false, code: "invalid" });
  });

  it("does not write over a reader who has the study open, nor beside an adjudicator of it", async () => {
    const { studies, worklist, ada, ben, names, bring } = await room();
    await take(ada, worklist);
    await database().execute(sql`
      insert into reads (study_id, reader_id, revision, kind, labels, blind, idempotency_key)
      values (${studies[1]?.studyId ?? 0}, ${ben.userId}, 1, 'adjudication', '+', false, gen_random_uuid())`);
    const rows = [`${names.first},${ada.email},1`, `${names.second},${ben.email},1`];
    const result = await bring(["study,reader,Edema", ...rows].join("\n"));
    expect(result).toMatchObject({ reads: 0, rejected: { count: 2 } });
    expect(result.rejected.rows.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/open in the reading room/),
      expect.stringMatching(/adjudicated/),
    ]);
  });

  it("is no business of a reader's", async () => {
    const { worklist, ada } = await room();
    expect(await importReads(ada, { worklist, csv: "study,reader,Edema\n" })).toMatchObject({
      code: "forbidden",
    });
    expect(await importReads(shell, { worklist: "nowhere", csv: "" })).toMatchObject({ code: "not-found" });
  });
});
