import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { database } from "@/server/db/client";
import { testDatabase } from "@/server/testing/database";
import { consensusOf } from "./consensus";
import { characterOf, labelStates, stateAt } from "./states";

testDatabase();

describe("the consensus of reads", () => {
  it("is what the database makes of every combination of two, three and four reads", async () => {
    const one = labelStates.map((state) => [state]);
    const longer = (reads: typeof one) => reads.flatMap((some) => labelStates.map((next) => [...some, next]));
    const [two, three] = [longer(one), longer(longer(one))];
    const all = [...two, ...three, ...longer(three)];
    const rows = await database().execute<{ consensus: string }>(sql`
      select consensus_labels(string_to_array(said, ','), 1) as consensus
      from unnest(string_to_array(${all.map((reads) => reads.map(characterOf).join(",")).join(" ")}, ' '))
        with ordinality as t(said, place)
      order by place`);
    expect(rows.map(({ consensus }) => stateAt(consensus, 0))).toEqual(all.map(consensusOf));
  });
});
