import { desc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { database } from "@/server/db/client";
import { auditLog, users } from "@/server/db/schema";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import type { Person } from "./actor";
import { valueOrThrow } from "./command";
import { changePassword } from "./own-account";
import { createPerson, disablePerson, enablePerson, setRole } from "./people";
import { findPerson, listPeople } from "./queries";
import { openSession, personOfSession } from "./sessions";

testDatabase();

const shell = { kind: "shell", osUser: "test" } as const;
const password = "the left apex looks odd";
let made = 0;

async function create(role: "reader" | "administrator") {
  made += 1;
  const email = `${role}-${made}@people.example`;
  return valueOrThrow(await createPerson(shell, { email, name: `Person ${made}`, role, password }));
}

async function lastAudit() {
  const [row] = await database().select().from(auditLog).orderBy(desc(auditLog.id)).limit(1);
  return row;
}

describe("making an account", () => {
  it("takes each address once, whatever its case", async () => {
    const one = await create("reader");
    const again = { email: one.email.toUpperCase(), name: "Other", role: "administrator", password } as const;
    expect(await createPerson(shell, again)).toMatchObject({ code: "conflict" });
  });

  it.each([
    { of: "an address that is none", input: { email: "rea", name: "Rea", role: "reader", password } },
    { of: "no name", input: { email: "rea@x.example", name: "  ", role: "reader", password } },
    { of: "a role that is none", input: { email: "rea@x.example", name: "Rea", role: "owner", password } },
    {
      of: "a short password",
      input: { email: "rea@x.example", name: "Rea", role: "reader", password: "short" },
    },
  ])("refuses $of and leaves nothing", async ({ input }) => {
    expect(await createPerson(shell, input as never)).toMatchObject({ code: "invalid" });
    expect(await findPerson(shell, { email: "rea@x.example" })).toMatchObject({ code: "not-found" });
  });

  it("leaves its row in the trail, without the password", async () => {
    const one = await create("reader");
    const row = await lastAudit();
    expect(row).toMatchObject({
      action: "user.created",
      objectType: "user",
      objectId: String(one.id),
      actor: "cli:test",
    });
    expect(JSON.stringify(row)).not.toContain(password);
  });
});

describe("people are the administrators' business", () => {
  it.each(["reader", "adjudicator", "scientist"] as const)(
    "a %s is refused, which stands in the trail",
    async (role) => {
      const person = await personWith(role);
      const other = await create("reader");
      const refused = { ok: false, code: "forbidden" };
      expect(
        await createPerson(person, { email: "m@x.example", name: "M", role: "administrator", password }),
      ).toMatchObject(refused);
      expect(await setRole(person, { userId: person.userId, role: "administrator" })).toMatchObject(refused);
      expect(await disablePerson(person, { userId: other.id })).toMatchObject(refused);
      expect(await listPeople(person, {})).toMatchObject(refused);
      expect(await lastAudit()).toMatchObject({
        action: "access.refused",
        userId: person.userId,
        detail: { door: "people.list" },
      });
    },
  );
});

describe("the last administrator", () => {
  beforeEach(async () => {
    await database().update(users).set({ role: "reader" });
  });

  it("can be neither disabled nor demoted, not even by herself", async () => {
    const ada = await create("administrator");
    const self: Person = {
      kind: "person",
      userId: ada.id,
      email: ada.email,
      name: ada.name,
      role: "administrator",
    };
    expect(await disablePerson(self, { userId: ada.id })).toMatchObject({ code: "conflict" });
    expect(await setRole(self, { userId: ada.id, role: "scientist" })).toMatchObject({ code: "conflict" });
    expect(await setRole(self, { userId: ada.id, role: "administrator" })).toMatchObject({ ok: true });
  });

  it("is not replaced by one who is disabled or has no password yet", async () => {
    const ada = await create("administrator");
    const gone = await create("administrator");
    valueOrThrow(await disablePerson(shell, { userId: gone.id }));
    await personWith("administrator");
    expect(await disablePerson(shell, { userId: ada.id })).toMatchObject({ code: "conflict" });
    valueOrThrow(await enablePerson(shell, { userId: gone.id }));
    expect(await disablePerson(shell, { userId: ada.id })).toMatchObject({ ok: true });
  });

  it("stays when two remove each other at the same moment", async () => {
    const pair = [await create("administrator"), await create("administrator")];
    const answers = await Promise.all(pair.map(({ id }) => disablePerson(shell, { userId: id })));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  });
});

describe("the list of people", () => {
  it("is paged by id and says who is active, invited or disabled", async () => {
    await personWith("reader");
    const gone = await create("reader");
    valueOrThrow(await disablePerson(shell, { userId: gone.id }));
    const all = valueOrThrow(await listPeople(shell, {})).people;
    expect(new Set(all.map((one) => one.state))).toEqual(new Set(["active", "invited", "disabled"]));
    const ids: number[] = [];
    let after: number | undefined;
    do {
      const page = valueOrThrow(await listPeople(shell, { after, limit: 3 }));
      ids.push(...page.people.map((one) => one.id));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(ids).toEqual(all.map((one) => one.id));
  });

  it("tells when each was last seen", async () => {
    const one = await create("reader");
    await openSession(database(), one.id, null);
    const found = valueOrThrow(await listPeople(shell, {})).people.find((person) => person.id === one.id);
    expect(Date.now() - Number(found?.lastSeenAt)).toBeLessThan(60_000);
  });
});

describe("changing one's password", () => {
  async function signedIn() {
    const { id, email, name } = await create("reader");
    const person: Person = { kind: "person", userId: id, email, name, role: "reader" };
    return {
      person,
      here: await openSession(database(), id, null),
      there: await openSession(database(), id, null),
    };
  }

  it("needs the present one, and ends every other session", async () => {
    const { person, here, there } = await signedIn();
    const next = "the right base is clear";
    expect(
      await changePassword(person, { current: "something else here", password: next, sessionId: here }),
    ).toMatchObject({ code: "invalid" });
    expect(
      await changePassword(person, { current: password, password: "short", sessionId: here }),
    ).toMatchObject({ code: "invalid" });
    expect(await personOfSession(there)).not.toBeNull();
    expect(await changePassword(person, { current: password, password: next, sessionId: here })).toEqual({
      ok: true,
      value: { otherSessions: 1 },
    });
    expect(await personOfSession(here)).not.toBeNull();
    expect(await personOfSession(there)).toBeNull();
    const [row] = await database().select().from(users).where(eq(users.id, person.userId));
    expect(row?.passwordHash).toMatch(/^\$argon2id/);
  });

  it("counts wrong tries although each leaves nothing else behind", async () => {
    const { person, here } = await signedIn();
    const guess = () =>
      changePassword(person, { current: "a wrong sentence it is", password, sessionId: here });
    const codes = new Set<string>();
    for (let index = 0; index < 42; index += 1) {
      const answer = await guess();
      codes.add(answer.ok ? "ok" : answer.code);
    }
    expect(codes).toEqual(new Set(["invalid", "rate-limited"]));
  });
});
