import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { Person } from "@/server/auth/actor";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { users } from "@/server/db/schema";
import { freezeLabels } from "@/server/labels/commands";
import { exportLabels } from "@/server/labels/export";
import { submitRead } from "@/server/reading/submit";
import { takeNext } from "@/server/reading/take-next";
import { createWorklist } from "@/server/reading/worklist-commands";
import type { Benchmark, Figure } from "./benchmark";
import { openedLists } from "./opened-lists";
import { plantStudies, studies } from "./planted-studies";
import { spread, timed } from "./timing";

const shell = { kind: "shell", osUser: "bench" } as const;

/** Worklists as long as CheXpert has images, twenty readers at once, label sets of all of it. */
export const readingBenchmark: Benchmark = {
  name: "reading",
  needs: [],
  async run() {
    await plantStudies();
    const readers = await plantReaders(20);
    const uncertain = { kind: "uncertain-first", minUncertain: 0 } as const;
    const [list, made] = await timed(() => createWorklist(shell, { name: "all", query: uncertain }));
    const id = valueIn(list).id;
    const [twice] = await timed(() =>
      createWorklist(shell, { name: "twice", query: { kind: "random" }, readsWanted: 2 }),
    );
    await database().execute(sql`analyze`);
    return [
      { what: `worklist of ${studies} studies made`, value: made / 1000, unit: "s", bar: { atMost: 5 } },
      ...(await openedLists(id, readers)),
      ...(await fresh(id, readers)),
      ...(await contended(id, readers)),
      ...(await working(id, readers)),
      ...(await atOnce(id, readers)),
      ...(await nearlyDone(id, readers)),
      ...(await farAhead(valueIn(twice).id, readers)),
      ...(await openedLists(id, readers, "nearly read: ")),
      ...(await labelSets()),
    ];
  },
};

async function fresh(worklist: number, readers: readonly Person[]): Promise<Figure[]> {
  return takeFigures("take next, fresh list", worklist, readers.slice(0, 1), 100);
}

/** 200 calls by 20 readers at once; each submits before the next, so that every call hands out another study. */
async function contended(worklist: number, readers: readonly Person[]): Promise<Figure[]> {
  const handedOut: number[] = [];
  const samples: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    const items = await Promise.all(
      readers.map(async (reader) => {
        const [item, ms] = await timed(() => take(reader, worklist));
        samples.push(ms);
        return item;
      }),
    );
    handedOut.push(...items);
    await Promise.all(readers.map((reader, at) => submit(reader, items[at])));
  }
  return [
    ...spread("take next, 20 readers at once", samples, undefined),
    {
      what: "of 200 studies handed out, twice",
      value: handedOut.length - new Set(handedOut).size,
      unit: "studies",
      bar: { atMost: 0 },
    },
  ];
}

/** Each reads a study in about a second, sixty times as fast as people do. */
async function working(worklist: number, readers: readonly Person[]): Promise<Figure[]> {
  const samples: number[] = [];
  await Promise.all(
    readers.map(async (reader, at) => {
      for (let study = 0; study < 12; study += 1) {
        const item = await take(reader, worklist);
        // 0.6 to 1.4 s, another for each study and the same in every run.
        await sleep(600 + ((at * 397 + study * 211) % 800));
        const [, ms] = await timed(() => submit(reader, item));
        samples.push(ms);
      }
    }),
  );
  return spread("submit, 20 readers at work", samples, 50);
}

/** All twenty press Enter in the same millisecond: the trail's chain lets one commit follow the other. */
async function atOnce(worklist: number, readers: readonly Person[]): Promise<Figure[]> {
  const samples: number[] = [];
  for (let round = 0; round < 15; round += 1) {
    const items = await Promise.all(readers.map((reader) => take(reader, worklist)));
    await Promise.all(
      readers.map(async (reader, at) => {
        const [, ms] = await timed(() => submit(reader, items[at]));
        samples.push(ms);
      }),
    );
  }
  return spread("submit, 20 in the same millisecond", samples, undefined);
}

/** All but the last 500 studies are read. */
async function nearlyDone(worklist: number, readers: readonly Person[]): Promise<Figure[]> {
  await readAllUpTo(worklist, studies - 500, readers);
  return takeFigures("take next, all but 500 read", worklist, readers.slice(0, 1), 100);
}

/** Two reads wanted, and one reader has read most of the list alone. */
async function farAhead(worklist: number, readers: readonly Person[]): Promise<Figure[]> {
  const [first, second] = readers;
  if (!first || !second) return [];
  await readAllUpTo(worklist, studies - 500, [first]);
  return [
    ...(await takeFigures("take next, two reads, far ahead", worklist, [first], 100)),
    ...(await takeFigures("take next, two reads, far behind", worklist, [second], 100)),
  ];
}

async function labelSets(): Promise<Figure[]> {
  const [, frozen] = await timed(() => freezeLabels(shell, { name: "bench" }));
  const [bytes, exported] = await timed(async () => {
    let length = 0;
    for await (const { csv } of valueIn(await exportLabels(shell, { labelSet: "bench" })).chunks()) {
      length += csv.length;
    }
    return length;
  });
  return [
    { what: `labels of ${studies} images frozen`, value: frozen / 1000, unit: "s", bar: { atMost: 5 } },
    {
      what: `exported, ${Math.round(bytes / 1e6)} MB`,
      value: exported / 1000,
      unit: "s",
      bar: { atMost: 10 },
    },
  ];
}

async function takeFigures(
  what: string,
  worklist: number,
  [reader]: readonly Person[],
  calls: number,
): Promise<Figure[]> {
  if (!reader) return [];
  const samples: number[] = [];
  for (let call = 0; call < calls; call += 1) {
    const [taken, ms] = await timed(() => takeNext(reader, { worklist }));
    samples.push(ms);
    await submit(reader, valueIn(taken).study?.item);
  }
  return spread(what, samples, 30);
}

async function take(reader: Person, worklist: number): Promise<number> {
  const { study } = valueIn(await takeNext(reader, { worklist }));
  if (!study) throw new Error("the list ended");
  return study.item;
}

async function submit(reader: Person, item: number | undefined): Promise<void> {
  if (item === undefined) throw new Error("the list ended");
  valueIn(await submitRead(reader, { item, labels: "..+.............".slice(0, 15), key: randomUUID() }));
}

/**
 * Marks items as read by these readers in turn, with the assignments and reads that reading them would have left;
 * of one study in twenty another read says otherwise.
 */
async function readAllUpTo(worklist: number, position: number, readers: readonly Person[]): Promise<void> {
  const ids = sql.raw(`(array[${readers.map(({ userId }) => userId).join(",")}])`);
  await database().execute(sql`
    insert into assignments (item_id, worklist_id, reader_id, position, status, finished_at)
    select id, worklist_id, ${ids}[1 + position % ${readers.length}::int], position, 'submitted', now()
    from worklist_items where worklist_id = ${worklist} and position <= ${position} and taken = 0`);
  await database().execute(sql`
    insert into reads (study_id, reader_id, worklist_id, item_id, revision, labels, blind, active_ms, idempotency_key)
    select i.study_id, a.reader_id, a.worklist_id, i.id,
      1 + coalesce((select max(revision) from reads r where r.study_id = i.study_id and r.reader_id = a.reader_id), 0),
      repeat('.', 15), true, 5000 + i.id % 60000, gen_random_uuid()
    from worklist_items i join assignments a on a.item_id = i.id and a.status = 'submitted'
    where i.worklist_id = ${worklist} and i.position <= ${position} and i.taken = 0`);
  await database().execute(sql`
    update studies set reads_differ = true from worklist_items i
    where i.worklist_id = ${worklist} and i.study_id = studies.id and i.position <= ${position} and studies.id % 20 = 0`);
  await database().execute(sql`
    update worklist_items set taken = taken + 1, reads_done = reads_done + 1
    where worklist_id = ${worklist} and position <= ${position} and taken = 0`);
  // As autovacuum leaves a list that was read for weeks.
  await database().execute(sql`vacuum analyze`);
}

async function plantReaders(count: number): Promise<Person[]> {
  const rows = await database()
    .insert(users)
    .values(
      Array.from({ length: count }, (_, at) => ({
        email: `reader-${at}@example.org`,
        name: `Reader ${at}`,
        role: "reader" as const,
      })),
    )
    .returning();
  return rows.map(({ id, email, name }) => ({ kind: "person", userId: id, email, name, role: "reader" }));
}
