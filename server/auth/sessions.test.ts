import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { database } from "@/server/db/client";
import { sessions } from "@/server/db/schema";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { valueOrThrow } from "./command";
import { signOutEverywhere } from "./own-account";
import { disablePerson, enablePerson, setRole } from "./people";
import { secretHash } from "./secrets";
import { openSession, personOfSession } from "./sessions";

testDatabase();

const shell = { kind: "shell", osUser: "test" } as const;

async function signedIn(role: Parameters<typeof personWith>[0] = "reader") {
  const person = await personWith(role);
  return { person, id: await openSession(database(), person.userId, null) };
}

async function age(id: string, column: "expires_at" | "last_seen_at", shift: string) {
  await database().execute(
    sql`update sessions set ${sql.identifier(column)} = now() + ${shift}::interval where id_hash = ${secretHash(id)}`,
  );
}

describe("a session", () => {
  it("is kept by its SHA-256 only", async () => {
    const { id } = await signedIn();
    const rows = await database()
      .select()
      .from(sessions)
      .where(eq(sessions.idHash, secretHash(id)));
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(id);
    expect(Buffer.from(id, "base64url")).toHaveLength(32);
  });

  it.each([
    { of: "12 hours old", column: "expires_at", shift: "-1 second", alive: false },
    { of: "not quite 12 hours old", column: "expires_at", shift: "1 minute", alive: true },
    { of: "idle for over 2 hours", column: "last_seen_at", shift: "-121 minutes", alive: false },
    { of: "idle for under 2 hours", column: "last_seen_at", shift: "-119 minutes", alive: true },
  ] as const)("$of is alive: $alive", async ({ column, shift, alive }) => {
    const { id } = await signedIn();
    await age(id, column, shift);
    expect((await personOfSession(id)) !== null).toBe(alive);
  });

  it("that is used is idle no more", async () => {
    const { id } = await signedIn();
    await age(id, "last_seen_at", "-119 minutes");
    await personOfSession(id);
    const [row] = await database()
      .select()
      .from(sessions)
      .where(eq(sessions.idHash, secretHash(id)));
    expect(Date.now() - Number(row?.lastSeenAt)).toBeLessThan(60_000);
  });

  it("that only a page left open asks for stays idle", async () => {
    const { id } = await signedIn();
    await age(id, "last_seen_at", "-119 minutes");
    expect(await personOfSession(id, false)).not.toBeNull();
    const [row] = await database()
      .select()
      .from(sessions)
      .where(eq(sessions.idHash, secretHash(id)));
    expect(Date.now() - Number(row?.lastSeenAt)).toBeGreaterThan(118 * 60_000);
  });

  it("of somebody else's making is nobody's", async () => {
    const { id } = await signedIn();
    expect(await personOfSession(secretHash(id))).toBeNull();
    expect(await personOfSession("")).toBeNull();
  });

  it("ends with its owner's access, and does not come back with it", async () => {
    const { person, id } = await signedIn();
    valueOrThrow(await disablePerson(shell, { userId: person.userId }));
    expect(await personOfSession(id)).toBeNull();
    valueOrThrow(await enablePerson(shell, { userId: person.userId }));
    expect(await personOfSession(id)).toBeNull();
  });

  it("has the role of this moment, not of its beginning", async () => {
    const { person, id } = await signedIn("scientist");
    valueOrThrow(await setRole(shell, { userId: person.userId, role: "reader" }));
    expect(await personOfSession(id)).toMatchObject({ role: "reader" });
  });

  it("ends with all others of the person on signing out everywhere, and nobody else's", async () => {
    const { person, id } = await signedIn();
    const second = await openSession(database(), person.userId, null);
    const stranger = await signedIn();
    expect(valueOrThrow(await signOutEverywhere(person, {}))).toEqual({ sessions: 2 });
    expect([await personOfSession(id), await personOfSession(second)]).toEqual([null, null]);
    expect(await personOfSession(stranger.id)).not.toBeNull();
  });
});
