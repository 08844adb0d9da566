import { desc } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";
import { database } from "@/server/db/client";
import { attempts, auditLog } from "@/server/db/schema";
import { testDatabase } from "@/server/testing/database";
import { valueOrThrow } from "./command";
import { createPerson, disablePerson } from "./people";
import { failuresPerAddress, longestDelayMs } from "./rate-limit";
import { personOfSession } from "./sessions";
import { type SignInTry, signIn, signOut } from "./sign-in";

const verified = vi.hoisted(() => [] as string[]);
vi.mock("@node-rs/argon2", async (original) => {
  const argon2 = await original<typeof import("@node-rs/argon2")>();
  const verify: typeof argon2.verify = (hashed, ...rest) => {
    verified.push(String(hashed).split("$").slice(0, 4).join("$"));
    return argon2.verify(hashed, ...rest);
  };
  return { ...argon2, verify };
});

testDatabase();

const shell = { kind: "shell", osUser: "test" } as const;
const password = "the left apex looks odd";
let made = 0;

async function account() {
  made += 1;
  const email = `person-${made}@example.org`;
  return valueOrThrow(await createPerson(shell, { email, name: `Person ${made}`, role: "reader", password }));
}

function attempt(email: string, given = password, address = `10.0.0.${made}`): SignInTry {
  return { email, password: given, address, userAgent: "test" };
}

const noWait = vi.fn(async () => {});

async function lastAudit() {
  const [row] = await database().select().from(auditLog).orderBy(desc(auditLog.id)).limit(1);
  return row;
}

describe("signing in", () => {
  it("opens a session for the right words, whatever the case of the address, and says so in the trail", async () => {
    const person = await account();
    const { sessionId } = valueOrThrow(await signIn(attempt(person.email.toUpperCase()), noWait));
    expect(await personOfSession(sessionId)).toMatchObject({ userId: person.id, role: "reader" });
    expect(await lastAudit()).toMatchObject({
      action: "sign-in.done",
      userId: person.id,
      actor: person.email,
    });
  });

  it("gives a wrong password, an unknown address and a disabled account one answer", async () => {
    const [known, gone] = [await account(), await account()];
    await disablePerson(shell, { userId: gone.id });
    const answers = [
      await signIn(attempt(known.email, "another sentence it is"), noWait),
      await signIn(attempt("nobody@example.org"), noWait),
      await signIn(attempt(gone.email), noWait),
    ];
    for (const answer of answers) {
      expect(answer).toEqual({
        ok: false,
        code: "unauthenticated",
        message: "Address or password is wrong.",
      });
    }
    expect(await lastAudit()).toMatchObject({
      action: "sign-in.failed",
      objectId: String(gone.id),
      userId: null,
    });
  });

  it("does the same work for an unknown address as for a wrong password or a disabled account", async () => {
    const [known, gone] = [await account(), await account()];
    await disablePerson(shell, { userId: gone.id });
    for (const email of [known.email, "nobody@example.org", gone.email]) {
      verified.length = 0;
      await signIn(attempt(email, "another sentence it is"), noWait);
      // One hash of one cost: what takes the time. A clock would measure the machine's other work too.
      expect(verified).toEqual(["$argon2id$v=19$m=19456,t=2,p=1"]);
    }
  });

  it("is nobody's account while an invitation waits for its password", async () => {
    const { invitePerson } = await import("./invitations");
    await invitePerson(shell, { email: "waiting@example.org", role: "administrator" });
    expect(await signIn(attempt("waiting@example.org", ""), noWait)).toMatchObject({
      code: "unauthenticated",
    });
  });
});

describe("many tries", () => {
  it("from one address end for the window, all counted although they come at once", async () => {
    const address = "192.0.2.7";
    const tries = Array.from({ length: failuresPerAddress + 10 }, (_, index) =>
      signIn(attempt(`guess-${index}@example.org`, "x", address), noWait),
    );
    const codes = (await Promise.all(tries)).map((answer) => (answer.ok ? "ok" : answer.code));
    expect(codes.filter((code) => code === "rate-limited")).toHaveLength(10);
    const person = await account();
    expect(await signIn(attempt(person.email, password, address), noWait)).toMatchObject({
      code: "rate-limited",
    });
    expect(await signIn(attempt(person.email, password, "192.0.2.8"), noWait)).toMatchObject({ ok: true });
  });

  it("on one account delay the answer more and more, and never lock its owner out", async () => {
    const victim = await account();
    const waits: number[] = [];
    const wait = async (ms: number) => void waits.push(ms);
    for (let index = 0; index < 60; index += 1) {
      await signIn(attempt(victim.email, "another sentence it is", `198.51.100.${index}`), wait);
    }
    expect(waits.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
    expect(waits.slice(5, 9)).toEqual([250, 500, 1000, 2000]);
    expect(Math.max(...waits)).toBe(longestDelayMs);
    expect(await signIn(attempt(victim.email, password, "203.0.113.1"), wait)).toMatchObject({ ok: true });
    waits.length = 0;
    await signIn(attempt(victim.email, "another sentence it is", "203.0.113.1"), wait);
    expect(waits).toEqual([0]);
  });

  it("are forgotten after the window", async () => {
    const address = "192.0.2.9";
    const fifteenMinutesAgo = new Date(Date.now() - 15.1 * 60_000);
    await database()
      .insert(attempts)
      .values({
        key: `sign-in:address:${address}`,
        windowStart: fifteenMinutesAgo,
        count: failuresPerAddress + 5,
      });
    const person = await account();
    expect(await signIn(attempt(person.email, password, address), noWait)).toMatchObject({ ok: true });
  });

  it("that succeed are not counted against the address of a whole ward", async () => {
    const person = await account();
    const address = "192.0.2.10";
    for (let index = 0; index < failuresPerAddress + 3; index += 1) {
      expect(await signIn(attempt(person.email, password, address), noWait)).toMatchObject({ ok: true });
    }
  });
});

describe("signing out", () => {
  it("ends that session at once, leaves the others, and stands in the trail", async () => {
    const person = await account();
    const here = valueOrThrow(await signIn(attempt(person.email), noWait));
    const there = valueOrThrow(await signIn(attempt(person.email), noWait));
    await signOut(here.sessionId);
    expect(await personOfSession(here.sessionId)).toBeNull();
    expect(await personOfSession(there.sessionId)).toMatchObject({ userId: person.id });
    expect(await lastAudit()).toMatchObject({ action: "sign-out.done", userId: person.id });
  });

  it("with an unknown id does nothing", async () => {
    const before = await lastAudit();
    await signOut("no such session");
    expect(await lastAudit()).toEqual(before);
  });
});
