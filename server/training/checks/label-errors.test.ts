import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { checkPredictions, checks, splits } from "@/server/db/schema";
import { createWorklist } from "@/server/reading/worklist-commands";
import { worklistStudies } from "@/server/reading/worklist-studies";
import { testDatabase } from "@/server/testing/database";
import { smallSplit } from "@/server/testing/small-split";
import { startCheck } from "./commands";
import { conductCheck } from "./conduct";
import { labelErrorChecks, showCheck } from "./queries";

testDatabase();

const never = new AbortController().signal;
const system = { kind: "system", part: "test" } as const;

/** A cohort of 80 films, bright disc or none, of which four of each class have the other's label. */
async function noisyCohort() {
  const { splitId, imageIds } = await smallSplit({ parts: [48, 16, 16], radius: 24 });
  const [split] = await database().select().from(splits).where(eq(splits.id, splitId));
  const wrong = imageIds.filter((_, at) => at % 20 === 3 || at % 20 === 12);
  await database().execute(sql`
    update cohort_images set class_index = 1 - class_index
    where image_id = any (${`{${wrong.join(",")}}`}::bigint[])`);
  return { cohort: split?.cohortId ?? 0, wrong };
}

describe("a check of label errors", () => {
  it("doubts planted errors first, and a worklist takes them up in that order", async () => {
    const { cohort, wrong } = await noisyCohort();
    const { check } = valueIn(await startCheck(system, { kind: "label-errors", cohort }));
    const query = { kind: "label-errors", from: { of: "check", check } } as const;
    expect(await createWorklist(system, { name: "too early", query })).toMatchObject({ code: "conflict" });
    await conductCheck(check, { signal: never });

    const state = valueIn(await showCheck(system, { check }));
    if (state.kind !== "label-errors") throw new Error("another kind of check");
    expect(state).toMatchObject({ status: "done", error: null });
    expect(state.result).toMatchObject({ images: 80, patients: 40, folds: 5, classes: ["disc", "plain"] });
    expect(valueIn(await labelErrorChecks(system, {}))).toMatchObject([
      { id: check, errors: state.result?.errors },
    ]);
    expect(await database().select().from(checkPredictions)).toHaveLength(80);

    const made = valueIn(await createWorklist(system, { name: "doubted", query }));
    const { rows } = valueIn(await worklistStudies(system, { worklist: made.id }));
    // One film a study: of the first eight places at least six are planted, where chance would give 0.8.
    const first = rows.slice(0, wrong.length).filter(({ image }) => wrong.includes(image ?? 0));
    expect(first.length).toBeGreaterThanOrEqual(6);
    expect(rows[0]?.reason).toMatch(
      /^Labelled (disc|plain) \(0\.\d\d\), taken for (plain|disc) \(\d\.\d\d\)$/,
    );
  });

  it("that failed leaves no prediction, and another kind of check makes no such list", async () => {
    const { cohort } = await noisyCohort();
    const { check } = valueIn(await startCheck(system, { kind: "label-errors", cohort, seed: 7 }));
    await database().update(checks).set({ status: "failed", error: "no disk" }).where(eq(checks.id, check));
    const rows = await database().select().from(checkPredictions).where(eq(checkPredictions.checkId, check));
    expect(rows).toEqual([]);
    const other = valueIn(await startCheck(system, { kind: "shortcuts", cohort }));
    const query = { kind: "label-errors", from: { of: "check", check: other.check } } as const;
    expect(await createWorklist(system, { name: "other", query })).toMatchObject({ code: "not-found" });
  });
});
