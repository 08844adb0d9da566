import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { database } from "@/server/db/client";
import { countsDisagree } from "@/server/reading/reading.fixture";
import type { Figure } from "./benchmark";
import { plantRoomOf } from "./planted-room";
import type { ReaderClient } from "./reader-client";

const studies = 1000;
const readsWanted = 2;
/** Held beyond the study that is up, as the reading room does. */
const ahead = 3;

/**
 * All readers take and submit until nothing is left; halfway the web process is killed and started anew. A reader
 * whose line was cut sends the same again, as the reading room does.
 */
export async function readTwiceThroughDeath(
  readers: readonly ReaderClient[],
  dieAndReturn: () => Promise<void>,
): Promise<Figure[]> {
  const worklist = await plantRoomOf("double", studies, readsWanted);
  const accepted = new Map<string, { item: number; reader: number }>();
  const half = (studies * readsWanted) / 2;
  let death: Promise<void> | null = null;
  let [retried, refused] = [0, 0];
  const began = performance.now();
  await Promise.all(
    readers.map(async (reader) => {
      for (;;) {
        const taken = await reader.insist("take", { worklist, ahead });
        const item = itemOf(taken.said);
        if (item === null) {
          // Others may still give back what they hold.
          if (accepted.size >= studies * readsWanted || (await openItems(worklist)) === 0) return;
          await pause(50);
          continue;
        }
        const key = randomUUID();
        const labels = reader.person.userId % 2 === 0 ? "..+" : "..-";
        const answer = await reader.insist("submit", { item, key, labels, activeMs: 1000 });
        retried += taken.retried + answer.retried;
        if (answer.status === 200) accepted.set(key, { item, reader: reader.person.userId });
        else refused += 1;
        if (accepted.size >= half) death ??= dieAndReturn();
      }
    }),
  );
  await death;
  const seconds = (performance.now() - began) / 1000;
  const kept = await keptReads(worklist);
  const lost = [...accepted].filter(
    ([key, { item, reader }]) => kept.get(key) !== `${item} ${reader}`,
  ).length;
  const [over] = await database().execute<{ over: number; unfinished: number; twice: number }>(sql`
    select (count(*) filter (where reads > ${readsWanted}))::int as over,
      (count(*) filter (where reads < ${readsWanted}))::int as unfinished,
      (count(*) filter (where reads > readers))::int as twice
    from (select i.id, count(r.id) as reads, count(distinct r.reader_id) as readers
      from worklist_items i left join reads r on r.item_id = i.id and r.current and not r.withdrawn
      where i.worklist_id = ${worklist} group by i.id) of_item`);
  const none = (what: string, value: number | undefined, unit: string): Figure => ({
    what,
    value: value ?? Number.NaN,
    unit,
    bar: { atMost: 0 },
  });
  return [
    {
      what: `${readers.length} readers, ${studies} studies, ${readsWanted} reads each`,
      value: seconds,
      unit: "s",
    },
    { what: "requests sent again after the kill", value: retried, unit: "requests", bar: { atLeast: 1 } },
    { what: "reads accepted", value: accepted.size, unit: "reads", bar: { atLeast: studies * readsWanted } },
    none("reads refused", refused, "reads"),
    none("reads accepted and not kept", lost, "reads"),
    none("reads kept and not accepted", kept.size - accepted.size, "reads"),
    none("studies read by too many", over?.over, "studies"),
    none("studies read by too few", over?.unfinished, "studies"),
    none("studies read twice by one reader", over?.twice, "studies"),
    none("studies whose counts are wrong", await countsDisagree(worklist), "studies"),
  ];
}

function itemOf(said: unknown): number | null {
  const { study } = said as { study: { item: number } | null };
  return study?.item ?? null;
}

async function openItems(worklist: number): Promise<number> {
  const [row] = await database().execute<{ open: number }>(sql`
    select count(*)::int as open from worklist_items where worklist_id = ${worklist} and reads_done < reads_wanted`);
  return row?.open ?? 0;
}

/** Key of each read that stands → its item and reader. */
async function keptReads(worklist: number): Promise<Map<string, string>> {
  const rows = await database().execute<{ key: string; of: string }>(sql`
    select idempotency_key as key, item_id || ' ' || reader_id as of from reads where worklist_id = ${worklist}`);
  return new Map(rows.map(({ key, of }) => [key, of]));
}
