import { expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { vocabulary } from "@/server/labels/vocabulary";
import { addFinding, changeFinding, lookOf } from "@/server/labels/vocabulary-commands";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { readingRoom } from "./queries";
import { plantRoom, shell, submit, take } from "./reading.fixture";

testDatabase();

it("takes a read of a finding that came in a moment ago, and offers no retired one", async () => {
  const room = await plantRoom([personWith("reader"), personWith("reader")], ["+", "-", "?"]);
  await submit(room.ada, await take(room.ada, room.worklist), "+");
  valueIn(await addFinding(shell, { name: "Nodule", shortName: "Nodule", key: "Y", parent: 3 }));
  const read = await submit(room.ada, await take(room.ada, room.worklist), "+..+...........+", {
    confirmed: true,
  });
  expect(read.labels).toBe("+..+...........+");
  const covid = (await vocabulary()).find(({ name }) => name === "COVID-19");
  if (!covid) throw new Error("no COVID-19");
  const seen = lookOf(covid);
  valueIn(await changeFinding(shell, { position: covid.position, seen, change: { ...seen, retired: true } }));
  const { findings } = valueIn(await readingRoom(room.ada, { worklist: room.worklist }));
  expect(findings.map(({ name }) => name)).toContain("Nodule");
  expect(findings.map(({ name }) => name)).not.toContain("COVID-19");
  // What lies behind a retired finding keeps its place.
  expect((await submit(room.ben, await take(room.ben, room.worklist), "..............++")).labels).toBe(
    "..............++",
  );
});
