import { describe, expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { plantStudies, shell } from "./reading.fixture";
import { type Predicted, plantRun } from "./runs.fixture";
import { createWorklist } from "./worklist-commands";
import { worklistStudies } from "./worklist-studies";

testDatabase();

/** Ten studies that a model is right about but for those named here: [truth as labelled, what pneumonia gets]. */
async function plantedRun(name: string, wrong: Readonly<Record<number, readonly [number, number]>>) {
  const studies = await plantStudies(Array.from({ length: 10 }, () => ""));
  const predicted = studies.map((study, at): Predicted => {
    const usual = at % 2 === 0 ? ([0, 0.9] as const) : ([1, 0.1] as const);
    const [truth, pneumonia] = wrong[at] ?? usual;
    return { study, part: at < 5 ? 1 : 2, truth, pneumonia };
  });
  return { studies, run: await plantRun(name, predicted), predicted };
}

describe("a worklist of likely label errors", () => {
  it("lists what a run did not learn from and is sure of otherwise, likeliest first, and says why", async () => {
    const { studies, run } = await plantedRun("noisy", { 3: [0, 0.05], 6: [1, 0.97] });
    const query = { kind: "label-errors", from: { of: "run", run } } as const;
    const { id } = valueIn(await createWorklist(shell, { name: "noisy", query }));
    const { rows } = valueIn(await worklistStudies(shell, { worklist: id }));
    expect(rows).toMatchObject([
      {
        place: 1,
        study: studies[6]?.studyId,
        reason: "Labelled none (0.03), taken for pneumonia (0.97)",
        known: false,
        readsDone: 0,
        readsWanted: 1,
      },
      { place: 2, study: studies[3]?.studyId, reason: "Labelled pneumonia (0.05), taken for none (0.95)" },
    ]);
    const last = valueIn(await worklistStudies(shell, { worklist: id, after: 1, limit: 1 }));
    expect(last).toMatchObject({ rows: [{ place: 2 }], next: null });
  });

  it("ranks by the margin where it is asked to", async () => {
    const { run } = await plantedRun("margin", { 3: [0, 0.05], 6: [1, 0.97] });
    const query = { kind: "label-errors", from: { of: "run", run }, rank: "normalized-margin" } as const;
    const { id } = valueIn(await createWorklist(shell, { name: "margin", query }));
    const { rows } = valueIn(await worklistStudies(shell, { worklist: id }));
    expect(rows.map(({ reason }) => reason?.slice(0, 14))).toEqual(["Labelled none ", "Labelled pneum"]);
  });

  it("leaves out what the run learnt from", async () => {
    const { studies } = await plantedRun("elsewhere", {});
    const learnt = studies.map(
      (study, at): Predicted => ({
        study,
        part: 0,
        truth: at % 2,
        pneumonia: at === 4 ? 0.01 : 0.9 - 0.8 * (at % 2),
      }),
    );
    const run = await plantRun("learnt", learnt);
    const made = await createWorklist(shell, {
      name: "learnt",
      query: { kind: "label-errors", from: { of: "run", run } },
    });
    expect(made).toMatchObject({
      ok: false,
      code: "conflict",
      message: expect.stringMatching(/No study matches/),
    });
  });

  it.each([
    ["a run that is not there", { of: "run", run: 999_999 }, "not-found", /no run 999999/],
    [
      "a check that is not there",
      { of: "check", check: 999_999 },
      "not-found",
      /no check 999999 of label errors/,
    ],
  ] as const)("is refused for %s", async (_, from, code, message) => {
    const made = await createWorklist(shell, { name: "nowhere", query: { kind: "label-errors", from } });
    expect(made).toMatchObject({ ok: false, code, message: expect.stringMatching(message) });
  });

  it.each([-1, 1.5, 2_147_483_648])("has no place %d", async (after) => {
    expect(await worklistStudies(shell, { worklist: 1, after })).toMatchObject({ code: "invalid" });
  });

  it("keeps places and reasons from whoever reads", async () => {
    const { run } = await plantedRun("secret", { 3: [0, 0.05] });
    const query = { kind: "label-errors", from: { of: "run", run } } as const;
    const { id } = valueIn(await createWorklist(shell, { name: "secret", query }));
    const reader = await personWith("reader");
    expect(await worklistStudies(reader, { worklist: id })).toMatchObject({ code: "forbidden" });
  });
});

describe("why a study stands in a worklist", () => {
  it("is told of uncertain findings and of misclassified films", async () => {
    const studies = await plantStudies(["??", "?"]);
    const chosen = valueIn(
      await createWorklist(shell, { name: "uncertain", query: { kind: "uncertain-first", minUncertain: 1 } }),
    );
    const uncertain = valueIn(await worklistStudies(shell, { worklist: chosen.id }));
    expect(uncertain.rows.map(({ reason }) => reason)).toEqual([
      "2 findings uncertain",
      "1 finding uncertain",
    ]);
    const [study] = studies;
    if (!study) throw new Error("no studies");
    const run = await plantRun("one wrong", [{ study, part: 2, truth: 0, pneumonia: 0.25 }]);
    const { id } = valueIn(
      await createWorklist(shell, { name: "wrong", query: { kind: "misclassified", run } }),
    );
    const wrong = valueIn(await worklistStudies(shell, { worklist: id }));
    expect(wrong.rows[0]?.reason).toBe("Labelled pneumonia, predicted none; its own class got 0.25");
  });
});
