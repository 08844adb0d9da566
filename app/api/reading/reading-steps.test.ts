import { randomUUID } from "node:crypto";
import { encode } from "next-auth/jwt";
import { beforeAll, describe, expect, it } from "vitest";
import { sessionCookieName } from "@/app/_session/cookie";
import type { Person } from "@/server/auth/actor";
import { disablePerson } from "@/server/auth/people";
import { openSession } from "@/server/auth/sessions";
import { database } from "@/server/db/client";
import { adoptSettings } from "@/server/lib/env";
import { labelsOf, plantRoom, shell, sourceLabels } from "@/server/reading/reading.fixture";
import type { Taken } from "@/server/reading/schema";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { POST } from "./[step]/route";

testDatabase();
const secret = "a secret of the test, long enough to be one";
const origin = "http://localhost:3000";
beforeAll(() => adoptSettings({ NEXTAUTH_SECRET: secret, NEXTAUTH_URL: origin }));

describe("the reading room's line", () => {
  it("ends a read by its steps, and answers like a command", async () => {
    const { studies, worklist, ada } = await room();
    const call = await lineOf(ada);
    const { study } = (await (await call("take", { worklist })).json()) as Taken;
    const read = { item: study?.item, key: randomUUID(), labels: "+" };
    expect((await call("draft", read)).status).toBe(200);
    expect((await call("submit", read)).status).toBe(200);
    expect((await call("submit", { ...read, key: randomUUID() })).status).toBe(409);
    expect(await labelsOf(studies[0]?.studyId ?? 0)).toMatchObject({ origin: "read" });
  });

  it("carries no label before the read is submitted, in no answer of any step", async () => {
    const { worklist, ada } = await room();
    const call = await lineOf(ada);
    const answers = [await (await call("take", { worklist })).text()];
    const item = (JSON.parse(answers[0] ?? "") as Taken).study?.item;
    for (const step of ["draft", "heartbeat", "progress", "take", "leave"]) {
      answers.push(await (await call(step, { item, worklist, labels: "", ahead: 3 })).text());
    }
    for (const answer of answers) {
      for (const hint of [sourceLabels, "COVID", "pneumonia", "images/"]) expect(answer).not.toContain(hint);
    }
    const revealed = await (await call("submit", { item, key: randomUUID(), labels: "" })).text();
    expect(revealed).toContain(sourceLabels);
  });

  it("is cut for a reader who is disabled in the middle of a study; her read changes nothing", async () => {
    const { studies, worklist, ada } = await room();
    const call = await lineOf(ada);
    const { study } = (await (await call("take", { worklist })).json()) as Taken;
    await disablePerson(shell, { userId: ada.userId });
    const late = await call("submit", { item: study?.item, key: randomUUID(), labels: "+" });
    expect(late.status).toBe(401);
    expect(await late.json()).toMatchObject({
      error: { message: "Your account was disabled; ask an administrator.", detail: { session: "disabled" } },
    });
    expect(await labelsOf(studies[0]?.studyId ?? 0)).toMatchObject({ current: sourceLabels, reads: 0 });
  });

  it("does not sign one reader's study with another's name", async () => {
    const { studies, worklist, ada, ben } = await room(2);
    const [ofAda, ofBen] = [await lineOf(ada), await lineOf(ben)];
    const { study } = (await (await ofAda("take", { worklist })).json()) as Taken;
    await ofBen("take", { worklist });
    // Ben has signed in where Ada's room is still open.
    const mixed = await ofBen("submit", { item: study?.item, key: randomUUID(), labels: "+" }, ada.userId);
    expect(mixed.status).toBe(401);
    expect(await labelsOf(studies[0]?.studyId ?? 0)).toMatchObject({ reads: 0 });
  });

  it("does not know other steps, nor what is no input", async () => {
    const { ada } = await room();
    const call = await lineOf(ada);
    expect((await call("constructor", {})).status).toBe(404);
    for (const input of [null, [], "x", { item: "1" }, { item: -1 }]) {
      expect((await call("submit", input)).status).toBe(400);
    }
  });
});

function room(readsWanted = 1) {
  return plantRoom([personWith("reader"), personWith("reader")], [sourceLabels], { readsWanted });
}

async function lineOf(person: Person) {
  const token = { sid: await openSession(database(), person.userId, null) };
  const cookie = `${sessionCookieName()}=${await encode({ token, secret })}`;
  return (step: string, input: unknown, reader = person.userId) => {
    const headers = { origin, cookie, "x-reader": String(reader) };
    const request = new Request(`${origin}/api/reading/${step}`, {
      method: "POST",
      headers,
      body: JSON.stringify(input),
    });
    return POST(request, { params: Promise.resolve({ step }) });
  };
}
