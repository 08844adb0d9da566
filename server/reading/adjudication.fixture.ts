import { randomUUID } from "node:crypto";
import type { Person } from "@/server/auth/actor";
import { valueOf as valueIn } from "@/server/auth/command";
import { adjudicate } from "./adjudicate";
import type { AdjudicateInput, AdjudicationCase } from "./adjudication-schema";
import { takeCase } from "./adjudication-take";
import { type ListOptions, plantRoom, submit, take } from "./reading.fixture";

const blank = "...............";

export type Cast = { readonly ada: Person; readonly ben: Person; readonly eve: Person; readonly kim: Person };

/** A worklist that Ada and Ben have read, for Eve and Kim to adjudicate: the first pair are the first study's reads. */
export async function plantDisagreements(
  cast: Cast,
  pairs: readonly (readonly [string, string])[],
  options: ListOptions = {},
) {
  const room = await plantRoom(
    [Promise.resolve(cast.ada), Promise.resolve(cast.ben)],
    pairs.map(() => blank),
    { readsWanted: 2, ...options },
  );
  for (const [at, reader] of [cast.ada, cast.ben].entries()) {
    for (const pair of pairs) {
      const item = await take(reader, room.worklist);
      await submit(reader, item, (pair[at] ?? "").padEnd(15, "."), {
        confirmed: true,
        comment: `${at} says`,
      });
    }
  }
  return { ...room, ...cast };
}

/** The case that the adjudicator gets; fails the test when there is none. */
export async function open(person: Person, worklist: number): Promise<AdjudicationCase> {
  const { taken } = valueIn(await takeCase(person, { worklist }));
  if (!taken) throw new Error("nothing to adjudicate");
  return taken;
}

export function decide(
  person: Person,
  { study, reads }: AdjudicationCase,
  labels: string,
  more: Partial<AdjudicateInput> = {},
) {
  const seen = reads.map(({ id }) => id);
  return adjudicate(person, { item: study.item, key: randomUUID(), labels, reads: seen, ...more });
}
