import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Person } from "@/server/auth/actor";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { listWorklists, myProgress } from "./queries";
import { importReads } from "./read-import";
import { countsDisagree, plantStudies, plantWorklist, shell } from "./reading.fixture";
import { listSetAside, returnStudy } from "./set-aside";
import { skipStudy } from "./skip";
import { submitRead } from "./submit";
import { takeNext } from "./take-next";
import { undoRead } from "./undo";
import { fillWorklist } from "./worklist-commands";

testDatabase();

/** What take-next would give this reader and what she holds, item by item, by the database's own rule. */
async function recount(worklist: number, { userId }: Person): Promise<number> {
  const [row] = await database().execute<{ left: number }>(sql`
    select count(*)::int as left from worklist_items i where i.worklist_id = ${worklist} and (
      (i.open and not was_dealt_with(i.id, ${userId}))
      or exists (select from assignments a
        where a.item_id = i.id and a.reader_id = ${userId} and a.status = 'leased'))`);
  return row?.left ?? -1;
}

/** What the list of worklists and the foot of the room tell, against the recount. */
async function toldAndTrue(worklist: number, reader: Person) {
  const told = valueIn(await listWorklists(reader, {})).rows.find(({ id }) => id === worklist)?.leftForMe;
  const atFoot = valueIn(await myProgress(reader, { worklist })).leftForMe;
  return { told: [told, atFoot], really: await recount(worklist, reader) };
}

it("tells each reader what is left for her after any contended reading, skipping, undoing, sending back, filling and import", async () => {
  const studies = await plantStudies(Array.from({ length: 24 }, () => ""));
  const worklist = await plantWorklist(studies.slice(0, 18), { readsWanted: 2 });
  const readers = await Promise.all(["reader", "reader", "reader", "adjudicator"].map(personOf));
  const draw = drawn(42);
  const everyone = async () => {
    for (const reader of readers) {
      const { told, really } = await toldAndTrue(worklist, reader);
      expect(told).toEqual([really, really]);
    }
    expect(await countsDisagree(worklist)).toBe(0);
  };
  const [ahead, ...others] = readers;
  if (!ahead) throw new Error("nobody reads");
  // One reader alone nearly to the end: most is open still.
  for (let read = 0; read < 16; read += 1) await act(ahead, worklist, 0.9);
  await everyone();
  for (let round = 0; round < 14; round += 1) {
    const busy = round % 2 === 0 ? readers : others;
    await Promise.all(busy.flatMap((reader) => [draw(), draw()].map((at) => act(reader, worklist, at))));
    await everyone();
    if (round === 4) {
      const query = { kind: "selection" as const, studies: studies.slice(18).map(({ studyId }) => studyId) };
      valueIn(await fillWorklist(shell, { worklist, query }));
      await everyone();
    }
    if (round === 6) {
      await bringReads(worklist, studies.at(-1)?.studyId ?? 0, readers.slice(0, 2));
      await everyone();
    }
    if (round % 4 === 3) {
      await sendAllBack(worklist);
      await everyone();
    }
  }
  const acts = await database().execute<{ action: string }>(sql`select distinct action from audit_log`);
  expect(acts.map(({ action }) => action)).toEqual(
    expect.arrayContaining([
      "read.submitted",
      "read.withdrawn",
      "reads.imported",
      "skip.withdrawn",
      "study.returned",
      "study.skipped",
      "worklist.filled",
    ]),
  );
});

const personOf = (role: string) => personWith(role === "adjudicator" ? "adjudicator" : "reader");

/** Takes what is next and mostly reads it; now and then skips it, leaves it, or takes back what came before. */
async function act(reader: Person, worklist: number, at: number): Promise<void> {
  if (at < 0.15) {
    await undoRead(reader, { worklist });
    return;
  }
  const { study } = valueIn(await takeNext(reader, { worklist, ahead: at < 0.4 ? 2 : 0 }));
  if (!study || at < 0.25) return;
  const { item } = study;
  // Two windows of one reader may end the same study: the second is told so.
  if (at < 0.4) await skipStudy(reader, { item, reason: "Rotated", labels: "?" });
  else await submitRead(reader, { item, labels: "..+............", key: randomUUID(), flagged: at > 0.95 });
}

async function sendAllBack(worklist: number): Promise<void> {
  for (const what of ["skipped", "flagged"] as const) {
    for (const { item } of valueIn(await listSetAside(shell, { worklist, what })).rows) {
      await returnStudy(shell, { item });
    }
  }
}

async function bringReads(worklist: number, study: number, readers: readonly Person[]): Promise<void> {
  const [row] = await database().execute<{ name: string }>(sql`
    select p.external_id || '/' || s.external_id as name from studies s join patients p on p.id = s.patient_id
    where s.id = ${study}`);
  const lines = readers.map(({ email }) => `${row?.name},${email},1`);
  const csv = ["study,reader,Edema", ...lines].join("\n");
  expect(valueIn(await importReads(shell, { worklist, csv })).reads).toBe(readers.length);
}

/** Numbers in [0, 1), the same in every run (mulberry32). */
function drawn(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
