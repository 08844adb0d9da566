import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { valueOrThrow } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { csvCell } from "@/server/lib/csv-cell";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { exportAudit } from "./export";
import { auditFacets, checkTrail, listAudit } from "./queries";
import { recordAudit } from "./record";
import { verifyTrail } from "./verify";

testDatabase();

const shell = { kind: "shell", osUser: "test" } as const;

async function write(count: number, action = "image.viewed") {
  const entries = Array.from({ length: count }, (_, index) => ({
    action,
    object: { type: "image", id: index + 1 },
  }));
  await recordAudit(database(), shell, entries);
}

/** What only somebody who owns the database itself can do: the triggers off, a change, the triggers on. */
async function tamper(change: ReturnType<typeof sql>) {
  await database().execute(sql`alter table audit_log disable trigger user`);
  await database().execute(change);
  await database().execute(sql`alter table audit_log enable trigger user`);
}

beforeEach(async () => {
  await tamper(sql`truncate audit_log`);
});

describe("the trail", () => {
  it.each([
    { of: "an update", change: sql`update audit_log set action = 'nothing.happened'` },
    { of: "a deletion", change: sql`delete from audit_log where id = 2` },
    { of: "emptying it", change: sql`truncate audit_log` },
  ])("refuses $of", async ({ change }) => {
    await write(3);
    await expect(database().execute(change)).rejects.toMatchObject({
      cause: { message: expect.stringContaining("append-only") },
    });
    expect(await verifyTrail()).toMatchObject({ ok: true, rows: 3 });
  });

  it("numbers, dates and chains rows by itself, whatever is sent", async () => {
    await database().execute(sql`
      insert into audit_log (id, at, actor, action, detail, previous_hash, hash)
      values (77, '1999-01-01', 'mallory', 'nothing.happened', '{}', 'forged', 'forged')`);
    const [row] = await database().execute<{ id: string; at: string; hash: string }>(
      sql`select * from audit_log`,
    );
    expect(Number(row?.id)).toBe(1);
    expect(new Date(row?.at ?? 0).getFullYear()).toBeGreaterThan(2000);
    expect(row?.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it("has no gap and no fork when many write at once", async () => {
    await Promise.all(Array.from({ length: 40 }, () => write(3)));
    expect(await verifyTrail()).toMatchObject({ ok: true, rows: 120 });
  });
});

describe("verifying", () => {
  it("tells rows and head, and holds across stretches", async () => {
    await write(25);
    const [last] = await database().execute<{ hash: string }>(
      sql`select hash from audit_log order by id desc limit 1`,
    );
    const told: number[] = [];
    expect(await verifyTrail((done) => told.push(done), 10)).toEqual({
      ok: true,
      rows: 25,
      head: last?.hash,
    });
    expect(told).toEqual([10, 20, 25]);
  });

  it("holds for a trail without rows", async () => {
    expect(await verifyTrail()).toEqual({ ok: true, rows: 0, head: "0".repeat(64) });
  });

  it.each([
    {
      of: "a changed word",
      change: sql`update audit_log set action = 'image.exported' where id = 12`,
      id: 12,
      reason: /changed/,
    },
    {
      of: "a changed detail",
      change: sql`update audit_log set detail = '{"n": 1}' where id = 12`,
      id: 12,
      reason: /changed/,
    },
    {
      of: "a changed time",
      change: sql`update audit_log set at = at - interval '1 microsecond' where id = 12`,
      id: 12,
      reason: /changed/,
    },
    {
      of: "a changed person",
      change: sql`update audit_log set user_id = 9 where id = 12`,
      id: 12,
      reason: /changed/,
    },
    { of: "a missing row", change: sql`delete from audit_log where id = 12`, id: 13, reason: /missing/ },
    {
      of: "the first row missing",
      change: sql`delete from audit_log where id = 1`,
      id: 2,
      reason: /missing/,
    },
    {
      of: "a row rewritten with a fitting hash",
      change: sql`update audit_log set action = 'x', hash = audit_row_hash(previous_hash, row(id, at, actor, user_id, 'x', object_type, object_id, detail, previous_hash, hash)::audit_log) where id = 12`,
      id: 13,
      reason: /row before/,
    },
  ])("names the first broken link: $of", async ({ change, id, reason }) => {
    await write(25);
    await tamper(change);
    for (const stretch of [50_000, 10, 12, 1]) {
      const found = await verifyTrail(() => {}, stretch);
      expect(found).toMatchObject({ ok: false, broken: { id, reason: expect.stringMatching(reason) } });
    }
  });

  it("is for administrators", async () => {
    expect(await checkTrail(await personWith("scientist"), {})).toMatchObject({ code: "forbidden" });
    expect(await checkTrail(await personWith("administrator"), {})).toMatchObject({
      ok: true,
      value: { ok: true },
    });
  });
});

describe("the list of rows", () => {
  it("pages by id, newest first, without loss or repeat", async () => {
    await write(23);
    const ids: number[] = [];
    let before: number | undefined;
    do {
      const page = valueOrThrow(await listAudit(shell, { before, limit: 10 }));
      ids.push(...page.rows.map((row) => row.id));
      before = page.next ?? undefined;
    } while (before !== undefined);
    expect(ids).toEqual(Array.from({ length: 23 }, (_, index) => 23 - index));
  });

  it.each([
    { filter: { action: "image.exported" }, rows: 2 },
    { filter: { action: "image." }, rows: 5 },
    { filter: { action: "imag" }, rows: 0 },
    { filter: { action: "image_" }, rows: 0 },
    { filter: { actor: "cli:test" }, rows: 6 },
    { filter: { actor: "nobody" }, rows: 0 },
    { filter: { objectType: "image", objectId: "1" }, rows: 3 },
    { filter: { action: "image.viewed", objectId: "2" }, rows: 1 },
  ])("narrowed by $filter has $rows", async ({ filter, rows }) => {
    await write(3);
    await write(2, "image.exported");
    await write(1, "images.listed");
    expect(valueOrThrow(await listAudit(shell, filter)).rows).toHaveLength(rows);
  });

  it("offers the actions and people that occur", async () => {
    await write(2);
    await write(2, "image.exported");
    expect(valueOrThrow(await auditFacets(shell, {}))).toEqual({
      actions: ["image.exported", "image.viewed"],
      actors: ["cli:test"],
    });
  });
});

describe("the export", () => {
  it("has every row up to the one that notes it", async () => {
    await write(3);
    const { lines } = valueOrThrow(await exportAudit(shell, {}));
    let csv = "";
    for await (const text of lines) csv += text;
    const rows = csv.trimEnd().split("\n");
    expect(rows[0]).toBe("id,at,actor,action,objectType,objectId,detail,previousHash,hash");
    expect(rows.slice(1).map((row) => row.split(",")[3])).toEqual([
      "image.viewed",
      "image.viewed",
      "image.viewed",
      "audit.exported",
    ]);
  });

  it.each([
    ["=1+1", "'=1+1"],
    ["+49 30", "'+49 30"],
    ["-2", "'-2"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ["\r=1", '"\'\r=1"'],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
    ["a,b", '"a,b"'],
    ["two\nlines", '"two\nlines"'],
    ["plain", "plain"],
    [null, ""],
  ])("writes %j as %j", (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });
});
