import { truncate } from "node:fs/promises";
import path from "node:path";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { auditLog, checks, featureRows, splits } from "@/server/db/schema";
import { dataFolder } from "@/server/lib/env";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { smallSplit } from "@/server/testing/small-split";
import { startCheck } from "./commands";
import { conductCheck } from "./conduct";
import { cohortChecks, showCheck } from "./queries";

testDatabase();

const never = new AbortController().signal;
const system = { kind: "system", part: "test" } as const;

async function smallCohort(parts: [number, number, number] = [24, 8, 8]) {
  const { splitId, name } = await smallSplit({ parts });
  const [split] = await database().select().from(splits).where(eq(splits.id, splitId));
  return { cohort: split?.cohortId ?? 0, name };
}

describe("a check of a cohort", () => {
  it("of shortcuts tells how far each property gives the class away, and keeps what it measured", async () => {
    const { cohort } = await smallCohort();
    const scientist = await personWith("scientist");
    const { check } = valueIn(await startCheck(scientist, { kind: "shortcuts", cohort }));
    await conductCheck(check, { signal: never });
    const state = valueIn(await showCheck(system, { check }));
    expect(state).toMatchObject({ status: "done", kind: "shortcuts", outdated: false, error: null });
    if (state.kind !== "shortcuts") throw new Error("another kind of check");
    expect(state.result).toMatchObject({ images: 40, ofImages: 40, patients: 20, retraining: null });
    const dataset = state.result?.properties.find(({ name }) => name === "dataset");
    expect(dataset).toMatchObject({ cramersV: null, aucs: [{ class: "disc", auc: { value: 0.5 } }] });
    expect(await database().select().from(featureRows)).toHaveLength(40);

    // Sent again it is the one that is there; its shard damaged, another seed measures anew.
    expect(valueIn(await startCheck(scientist, { kind: "shortcuts", cohort }))).toEqual({ check, cohort });
    const [row] = await database().select().from(featureRows);
    await truncateObject(row?.shardSha256 ?? "");
    const other = valueIn(await startCheck(scientist, { kind: "shortcuts", cohort, seed: 7 }));
    await conductCheck(other.check, { signal: never });
    expect(valueIn(await cohortChecks(system, { cohort })).shortcuts).toMatchObject({
      id: other.check,
      status: "done",
    });
    const trail = await database()
      .select()
      .from(auditLog)
      .where(eq(auditLog.objectId, String(check)));
    expect(trail.map(({ action }) => action)).toEqual([
      "check.started",
      "check.done",
      "check.start-repeated",
    ]);
  });

  it("of siblings trains two heads a split on features of a frozen base", async () => {
    const { cohort } = await smallCohort();
    const asked = { kind: "siblings", cohort, splits: 3, epochs: 2, augmentedViews: 1 } as const;
    const { check } = valueIn(await startCheck(system, asked));
    await conductCheck(check, { signal: never });
    const state = valueIn(await showCheck(system, { check }));
    if (state.kind !== "siblings") throw new Error("another kind of check");
    expect(state.error).toBeNull();
    expect(state.result).toMatchObject({ classes: ["disc", "plain"], weights: null, images: 40 });
    expect((state.result?.splits ?? 0) + (state.result?.leftOut ?? 0)).toBe(3);
    expect(state.result?.sets.map(({ on }) => on)).toEqual(["leaked", "clean", "all"]);
  });

  it("that a stopping worker gives back is done by the next one", async () => {
    const { cohort } = await smallCohort();
    const { check } = valueIn(await startCheck(system, { kind: "shortcuts", cohort }));
    const stop = AbortSignal.timeout(300);
    await expect(conductCheck(check, { signal: stop })).rejects.toThrow(/given back/);
    await conductCheck(check, { signal: never });
    expect(valueIn(await showCheck(system, { check })).status).toBe("done");
  });

  it("that failed is tried again when it is asked for again", async () => {
    const { cohort } = await smallCohort();
    const { check } = valueIn(await startCheck(system, { kind: "shortcuts", cohort }));
    await database().update(checks).set({ status: "failed", error: "no disk" }).where(eq(checks.id, check));
    expect(valueIn(await startCheck(system, { kind: "shortcuts", cohort })).check).toBe(check);
    expect(valueIn(await showCheck(system, { check }))).toMatchObject({ status: "queued", error: null });
  });

  it.each([
    ["a cohort that is not there", { cohort: 999_999 }, "not-found", /no cohort/],
    ["weights that are not here", { weights: "nowhere" }, "not-found", /no weights nowhere/],
    ["a network that is trained whole", { network: "compact" }, "invalid", /trained from scratch/],
  ] as const)("is refused for %s", async (_, input, code, message) => {
    const { cohort } = await smallCohort();
    const refused = await startCheck(system, { kind: "shortcuts", cohort, ...input });
    expect(refused).toMatchObject({ ok: false, code, message: expect.stringMatching(message) });
  });

  it("is refused where a class has next to no film, and to a reader", async () => {
    const { cohort } = await smallCohort([4, 2, 2]);
    const thin = await startCheck(system, { kind: "shortcuts", cohort });
    expect(thin).toMatchObject({
      ok: false,
      code: "invalid",
      message: expect.stringMatching(/4 films here/),
    });
    const reader = await personWith("reader");
    expect(await startCheck(reader, { kind: "shortcuts", cohort })).toMatchObject({ code: "forbidden" });
  });
});

async function truncateObject(sha256: string): Promise<void> {
  await truncate(path.join(dataFolder(), "objects", sha256.slice(0, 2), sha256.slice(2)), 10);
}
