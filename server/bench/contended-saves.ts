import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { database } from "@/server/db/client";
import { countsDisagree } from "@/server/reading/reading.fixture";
import { type Figure, percentile } from "./benchmark";
import { plantRoomOf } from "./planted-room";
import type { Answered, ReaderClient } from "./reader-client";

const studies = 500;

/**
 * Twenty clients save the same study in the same moment, five hundred times: of the even studies twenty readers
 * whose leases ran out, of the odd ones one reader in twenty windows. One save each may be accepted; its key sent
 * again afterwards gives the same answer and no second read.
 */
export async function contendedSaves(readers: readonly ReaderClient[]): Promise<Figure[]> {
  const worklist = await plantRoomOf("contended", studies, 1);
  const items = await database().execute<{ id: string; position: number }>(sql`
    select id, position from worklist_items where worklist_id = ${worklist} order by position`);
  const samples: number[] = [];
  let [accepted, stale, other, repeated] = [0, 0, 0, 0];
  for (const { id, position } of items) {
    const item = Number(id);
    const one = position % 2 === 1 ? readers[position % readers.length] : undefined;
    const clients = readers.map((reader) => one ?? reader);
    await (one ? leaseTo(one, item, worklist) : leasesRunOut(readers, item, worklist));
    const saves = clients.map((client) => ({
      client,
      input: { item, key: randomUUID(), labels: "..+", activeMs: 1000 },
    }));
    const answers = await Promise.all(
      saves.map(async ({ client, input }) => {
        const start = performance.now();
        const answer = await client.insist("submit", input);
        samples.push(performance.now() - start);
        return answer;
      }),
    );
    for (const answer of answers) {
      if (answer.status === 200) accepted += 1;
      else if (saysState(answer, one ? "submitted" : "taken")) stale += 1;
      else other += 1;
    }
    const won = saves[answers.findIndex(({ status }) => status === 200)];
    if (won) repeated += Number(isRepeat(await won.client.insist("submit", won.input)));
  }
  const [kept] = await database().execute<{ reads: number; studies: number }>(sql`
    select count(*)::int as reads, count(distinct study_id)::int as studies from reads where worklist_id = ${worklist}`);
  const exactly = (what: string, value: number, wanted: number): Figure => ({
    what,
    value: Math.abs(value - wanted),
    unit: `off ${wanted.toLocaleString("en")}`,
    bar: { atMost: 0 },
  });
  return [
    { what: "contended saves by 20 clients", value: samples.length, unit: "saves", bar: { atLeast: 10_000 } },
    exactly("saves accepted", accepted, studies),
    exactly("stale saves answered by 409 and the state", stale, samples.length - studies),
    exactly("saves answered otherwise", other, 0),
    exactly("accepted keys sent again, answered the same", repeated, studies),
    exactly("reads kept", kept?.reads ?? 0, studies),
    exactly("studies with one read", kept?.studies ?? 0, studies),
    exactly("studies whose counts are wrong", await countsDisagree(worklist), 0),
    { what: "contended save, p95", value: percentile(samples, 0.95), unit: "ms" },
  ];
}

async function leaseTo({ person }: ReaderClient, item: number, worklist: number): Promise<void> {
  await database().execute(sql`
    with lease as (
      insert into assignments (item_id, worklist_id, reader_id, status, lease_expires_at)
      values (${item}, ${worklist}, ${person.userId}, 'leased', now() + interval '10 minutes')
    )
    update worklist_items set taken = 1 where id = ${item}`);
}

/** Each had the study, and the place has come free again. */
async function leasesRunOut(readers: readonly ReaderClient[], item: number, worklist: number): Promise<void> {
  const ids = readers.map(({ person }) => person.userId).join(",");
  await database().execute(sql`
    insert into assignments (item_id, worklist_id, reader_id, status)
    select ${item}, ${worklist}, reader, 'released' from unnest(${`{${ids}}`}::bigint[]) reader`);
}

function saysState({ status, said }: Answered, state: string): boolean {
  const { error } = said as { error?: { code: string; detail?: { state?: string } } };
  return status === 409 && error?.code === "conflict" && error.detail?.state === state;
}

function isRepeat({ status, said }: Answered): boolean {
  return status === 200 && (said as { repeated?: boolean }).repeated === true;
}
