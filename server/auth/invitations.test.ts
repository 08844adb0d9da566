import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { database } from "@/server/db/client";
import { invitations, users } from "@/server/db/schema";
import { testDatabase } from "@/server/testing/database";
import { valueOrThrow } from "./command";
import { firstAdministratorLink } from "./first-administrator";
import { acceptInvitation, invitationOf, invitePerson } from "./invitations";
import { disablePerson, setRole } from "./people";

testDatabase();

const shell = { kind: "shell", osUser: "test" } as const;
const account = { name: "Rea Reader", password: "the left apex looks odd" };
const refused = { ok: false, code: "not-found" };

const tokenOf = (path: string) => path.split("/").at(-1) ?? "";

async function invited(email: string) {
  const { user, invitation } = valueOrThrow(await invitePerson(shell, { email, role: "reader" }));
  return { userId: user.id, token: tokenOf(invitation.path) };
}

describe("an invitation", () => {
  it("makes an account under the invited address and role, whatever else is sent", async () => {
    const { token, userId } = await invited("Rea@Example.org");
    const sent = { token, ...account, email: "other@example.org", role: "administrator" };
    expect(valueOrThrow(await acceptInvitation(sent))).toEqual({ userId, email: "rea@example.org" });
    const [user] = await database().select().from(users).where(eq(users.id, userId));
    expect(user).toMatchObject({ email: "rea@example.org", role: "reader", name: "Rea Reader" });
  });

  it("is kept by the SHA-256 of its token only", async () => {
    const { token } = await invited("hashed@example.org");
    expect(JSON.stringify(await database().select().from(invitations))).not.toContain(token);
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
  });

  it("works once", async () => {
    const { token } = await invited("once@example.org");
    valueOrThrow(await acceptInvitation({ token, ...account }));
    expect(await acceptInvitation({ token, ...account })).toMatchObject(refused);
    expect(await invitationOf(token)).toBeNull();
  });

  it("works once also when two take it at the same moment", async () => {
    const { token } = await invited("race@example.org");
    const answers = await Promise.all([1, 2, 3, 4].map(() => acceptInvitation({ token, ...account })));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  });

  it("ends after seven days", async () => {
    const { token } = await invited("late@example.org");
    const of = sql`email = 'late@example.org'`;
    const [row] = await database().select().from(invitations).where(of);
    expect(Math.round((Number(row?.expiresAt) - Number(row?.createdAt)) / 86_400_000)).toBe(7);
    await database().update(invitations).set({ expiresAt: sql`now() - interval '1 second'` }).where(of);
    expect(await acceptInvitation({ token, ...account })).toMatchObject(refused);
  });

  it("ends with a newer one to the same address", async () => {
    const older = await invited("again@example.org");
    const newer = await invited("AGAIN@example.org");
    expect(await invitationOf(older.token)).toBeNull();
    expect(await invitationOf(newer.token)).toMatchObject({ email: "again@example.org" });
  });

  it("ends when its account is disabled, and carries the role that the account has now", async () => {
    const { token, userId } = await invited("changed@example.org");
    valueOrThrow(await setRole(shell, { userId, role: "scientist" }));
    expect(await invitationOf(token)).toMatchObject({ role: "scientist" });
    valueOrThrow(await disablePerson(shell, { userId }));
    expect(await acceptInvitation({ token, ...account })).toMatchObject(refused);
  });

  it.each(["", "x", "0".repeat(43), "../../etc/passwd", "' or 1=1 --"])(
    "%j is no invitation",
    async (token) => {
      expect(await invitationOf(token)).toBeNull();
      expect(await acceptInvitation({ token, ...account })).toMatchObject(refused);
    },
  );

  it("stays usable after a password that is refused", async () => {
    const { token } = await invited("retry@example.org");
    expect(await acceptInvitation({ token, ...account, password: "short" })).toMatchObject({
      code: "invalid",
    });
    expect(await acceptInvitation({ token, ...account, name: " " })).toMatchObject({ code: "invalid" });
    expect(await acceptInvitation({ token, ...account })).toMatchObject({ ok: true });
  });

  it("is not made for an address that has an account", async () => {
    const { token } = await invited("taken@example.org");
    valueOrThrow(await acceptInvitation({ token, ...account }));
    expect(await invitePerson(shell, { email: "Taken@example.org", role: "administrator" })).toMatchObject({
      code: "conflict",
    });
    const [user] = await database().select().from(users).where(eq(users.email, "taken@example.org"));
    expect(user?.role).toBe("reader");
  });
});

describe("the first administrator", () => {
  beforeEach(async () => {
    await database().delete(invitations);
    await database().delete(users);
  });

  const link = async () => tokenOf((await firstAdministratorLink("http://localhost:3000")) ?? "");

  it("comes by a link that asks for the address", async () => {
    expect(await firstAdministratorLink("http://localhost:3000")).toMatch(
      /^http:\/\/localhost:3000\/invite\/[\w-]{43}$/,
    );
    const token = await link();
    expect(await acceptInvitation({ token, ...account })).toMatchObject({ code: "invalid" });
    const made = valueOrThrow(await acceptInvitation({ token, ...account, email: "ada@example.org" }));
    const [user] = await database().select().from(users).where(eq(users.id, made.userId));
    expect(user).toMatchObject({ email: "ada@example.org", role: "administrator" });
  });

  it("comes by the newest link only, and once", async () => {
    const [older, newer] = [await link(), await link()];
    expect(await acceptInvitation({ token: older, ...account, email: "a@example.org" })).toMatchObject(
      refused,
    );
    const both = ["b@example.org", "c@example.org"].map((email) =>
      acceptInvitation({ token: newer, ...account, email }),
    );
    expect((await Promise.all(both)).filter((answer) => answer.ok)).toHaveLength(1);
  });

  it("is not offered once there is anybody, and an open link dies with that", async () => {
    const token = await link();
    await invited("somebody@example.org");
    expect(await firstAdministratorLink("http://localhost:3000")).toBeNull();
    expect(await acceptInvitation({ token, ...account, email: "mallory@example.org" })).toMatchObject(
      refused,
    );
  });
});
