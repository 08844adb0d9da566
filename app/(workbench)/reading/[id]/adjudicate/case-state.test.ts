import { describe, expect, it } from "vitest";
import { stateAt } from "@/server/labels/states";
import type { Finding } from "@/server/labels/vocabulary";
import type { AdjudicationCase, CaseDraft, CaseTaken } from "@/server/reading/adjudication-schema";
import { type CaseEvent, type CaseState, caseAfter, noCase, unsettled } from "./case-state";

const findings: readonly Finding[] = ["A", "B", "C", "D"].map((key, position) => ({
  position,
  name: `finding ${key}`,
  shortName: key,
  key,
  parent: null,
  displayOrder: position,
}));

/** Two readers who differ on the second and the fourth finding. */
const reads = ["++.-", "+-.?"];

function taken(labels: readonly string[], draft: CaseDraft | null = null): CaseTaken {
  const held: AdjudicationCase = {
    position: 1,
    draft,
    reads: labels.map((said, id) => ({ id, reader: null, labels: said, comment: "", regions: [] })),
    study: {
      item: 7,
      blind: true,
      patient: "patient 1",
      number: 1,
      of: 1,
      date: null,
      sex: "F",
      age: 50,
      images: [],
      priors: [],
      draft: null,
      known: null,
      overlays: { saliency: [], lungMasks: [] },
    },
  };
  return { taken: held, upcoming: [], left: 1, elsewhere: 0, own: 0 };
}

function roomAfter(...events: readonly CaseEvent[]): CaseState {
  const hung: CaseEvent = { type: "hung", taken: taken(reads), findings };
  return [hung, ...events].reduce(caseAfter, noCase);
}

const decided = (position: number, state: "positive" | "negative"): CaseEvent => ({
  type: "decided",
  position,
  state,
});

describe("a case", () => {
  it("begins with what is agreed, nothing of what is not, at the first disputed finding", () => {
    const room = roomAfter();
    expect(room).toMatchObject({ phase: "deciding", at: 1, decision: { labels: "+...", settled: [] } });
    expect(room.rows.map(({ key }) => key)).toEqual(["B", "D"]);
  });

  it("goes on to the next open row with each decision, and stays at the last", () => {
    const one = roomAfter(decided(1, "positive"));
    expect(one).toMatchObject({ at: 3, decision: { labels: "++..", settled: [1] } });
    const both = caseAfter(one, decided(3, "negative"));
    expect(both).toMatchObject({ at: 3, decision: { labels: "++.-" } });
    expect(unsettled(both)).toEqual([]);
    expect(caseAfter(both, decided(3, "positive")).decision).toMatchObject({
      labels: "++.+",
      settled: [1, 3],
    });
  });

  it("ties what is drawn to the finding decided last, until another is gone to", () => {
    const one = roomAfter({ type: "sided", position: 1, state: "positive" });
    expect(one).toMatchObject({ at: 3, last: 1, decision: { labels: "++..", settled: [1] } });
    expect(caseAfter(one, { type: "moved", by: -1 })).toMatchObject({ at: 1, last: 1 });
    expect(caseAfter(one, { type: "moved", by: 1 })).toMatchObject({ at: 3, last: 3 });
  });

  it("settles another row by its letter without moving, and gets what neither side says", () => {
    const room = roomAfter({ type: "lettered", position: 3 });
    expect(room).toMatchObject({ at: 1, decision: { labels: "+..+", settled: [3] } });
    const again = caseAfter(room, { type: "lettered", position: 3 });
    expect(stateAt(again.decision.labels, 3)).toBe("unmentioned");
    expect(again.decision.settled).toEqual([3]);
    expect(stateAt(roomAfter({ type: "lettered", position: 1 }).decision.labels, 1)).toBe("uncertain");
  });

  it("sets an agreed finding by its letter as the reading room does", () => {
    expect(roomAfter({ type: "lettered", position: 0 }).decision.labels).toBe("-...");
    expect(roomAfter({ type: "lettered", position: 2 }).decision.labels).toBe("+.+.");
  });

  it("says how many findings are open and goes to the first", () => {
    const room = roomAfter({ type: "moved", by: 1 }, { type: "incomplete" });
    expect(room).toMatchObject({ at: 1, problem: "2 findings are not settled yet." });
    expect(roomAfter(decided(1, "positive"), { type: "incomplete" }).problem).toMatch(/^One finding is/);
  });

  it("moves between its rows and no further", () => {
    expect(roomAfter({ type: "moved", by: 5 }).at).toBe(3);
    expect(roomAfter({ type: "moved", by: -1 }).at).toBe(1);
  });

  it("goes on where its draft stood", () => {
    const draft = { labels: "+-..", comment: "hm", settled: [1] };
    const room = caseAfter(noCase, { type: "hung", taken: taken(reads, draft), findings });
    expect(room).toMatchObject({ at: 3, decision: draft, touched: false });
  });

  it("takes nothing while it is sent, and opens again where it was refused", () => {
    const sent = roomAfter(decided(1, "positive"), { type: "sent" });
    expect(caseAfter(sent, decided(3, "positive"))).toBe(sent);
    const refused = caseAfter(sent, { type: "refused", problem: "no", lost: false });
    expect(refused).toMatchObject({ phase: "deciding", problem: "no" });
    expect(caseAfter(sent, { type: "refused", problem: "gone", lost: true }).phase).toBe("lost");
  });

  it("asks about contradictions until something is changed", () => {
    expect(roomAfter({ type: "asked" }).asked).toBe(true);
    expect(roomAfter({ type: "asked" }, decided(1, "negative")).asked).toBe(false);
  });

  it("is none when nothing is left", () => {
    const ended: CaseEvent = { type: "hung", taken: { ...taken(reads), taken: null, own: 2 }, findings };
    expect(roomAfter(ended)).toMatchObject({ phase: "ended", held: null, counts: { own: 2 } });
  });
});
