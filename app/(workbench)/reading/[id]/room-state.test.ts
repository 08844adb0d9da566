import { describe, expect, it } from "vitest";
import type { RoomStudy, Submitted, Taken } from "@/server/reading/schema";
import { roomAfter } from "./room-after";
import { emptyRoom, heldItem, type RoomEvent } from "./room-state";

const study = (item: number, more: Partial<RoomStudy> = {}): RoomStudy => ({
  item,
  blind: true,
  patient: "patient 1",
  number: 1,
  of: 1,
  date: null,
  sex: "F",
  age: 60,
  images: [{ id: item * 10, view: "AP", here: true }],
  priors: [],
  draft: null,
  known: null,
  overlays: { saliency: [], lungMasks: [] },
  ...more,
});
const holding = (first: RoomStudy | null, ...next: RoomStudy[]): Taken => ({
  study: first,
  held: [first, ...next].flatMap((one) => one?.item ?? []),
  next,
  upcoming: [],
});
const taken = (of: Taken, unsent: number[] = []): RoomEvent => ({ type: "taken", taken: of, unsent });
const submitted: Submitted = {
  item: 1,
  revision: 1,
  labels: "+",
  repeated: false,
  known: { source: "", current: "+", origin: "read", others: [], models: [] },
};
const positive: RoomEvent = { type: "changed", change: (reading) => ({ ...reading, labels: "+" }) };
const enter: RoomEvent = { type: "ended", step: "submit" };

function room(...events: RoomEvent[]) {
  return events.reduce(roomAfter, emptyRoom);
}
const items = (of: { queue: readonly RoomStudy[] }) => of.queue.map(({ item }) => item);

describe("the reading room", () => {
  it("hangs a study blank, or with the draft that was kept of it", () => {
    const draft = { labels: "+-", comment: "left", flagged: true, activeMs: 9 };
    expect(room(taken(holding(study(1))))).toMatchObject({
      phase: "reading",
      reading: { labels: "", comment: "", flagged: false },
      typed: false,
    });
    expect(room(taken(holding(study(1, { draft })))).reading).toEqual({
      labels: "+-",
      comment: "left",
      flagged: true,
      regions: [],
    });
  });

  it("hangs the next study with Enter itself, and reveals the one before beside it when the server answers", () => {
    const next = room(taken(holding(study(1), study(2), study(3))), positive, { type: "asked" }, enter);
    expect(next).toMatchObject({ phase: "reading", study: { item: 2 }, asked: false, typed: false });
    expect(next.reading.labels).toBe("");
    expect(next.last).toMatchObject({
      study: { item: 1 },
      reading: { labels: "+" },
      outcome: { kind: "sending" },
    });
    const revealed = roomAfter(next, { type: "acknowledged", item: 1, submitted });
    expect(revealed.last?.outcome).toEqual({ kind: "revealed", submitted });
    expect(revealed).toMatchObject({ study: { item: 2 }, saved: 1 });
  });

  it("tells nothing of a study that is not submitted: a late answer is not put beside another one", () => {
    const third = room(taken(holding(study(1), study(2), study(3))), enter, enter);
    const late = roomAfter(third, { type: "acknowledged", item: 1, submitted });
    expect(late.last).toMatchObject({ study: { item: 2 }, outcome: { kind: "sending" } });
  });

  it("waits, and then hangs, where nothing was in hand; it has ended when nothing comes", () => {
    const waiting = room(taken(holding(study(1))), positive, enter);
    expect(waiting).toMatchObject({ phase: "hanging", study: null });
    expect(roomAfter(waiting, positive)).toBe(waiting);
    expect(roomAfter(waiting, taken(holding(study(2))))).toMatchObject({
      phase: "reading",
      study: { item: 2 },
    });
    expect(roomAfter(waiting, taken(holding(null)))).toMatchObject({ phase: "ended" });
    expect(roomAfter(waiting, taken(holding(study(1)), [1]))).toMatchObject({ phase: "hanging" });
  });

  it("does not hang again what is on its way to the server", () => {
    const next = room(
      taken(holding(study(1), study(2))),
      enter,
      taken(holding(study(1), study(2), study(3)), [1]),
    );
    expect(next.study?.item).toBe(2);
    expect(items(next)).toEqual([3]);
  });

  it("keeps the studies that it has when the server sends only the new ones", () => {
    const first = room(taken(holding(study(1), study(2), study(3))), enter);
    const answer: Taken = { study: study(2), held: [2, 3, 4], next: [study(4)], upcoming: [9] };
    const then = roomAfter(first, taken(answer));
    expect(items(then)).toEqual([3, 4]);
    expect(then.upcoming).toEqual([9]);
  });

  it("learns that the list was paused, and opened again, by asking for the next", () => {
    const ended = room(taken(holding(study(1))), enter, taken({ ...holding(null), status: "paused" }));
    expect(ended).toMatchObject({ phase: "ended", status: "paused" });
    expect(roomAfter(ended, taken(holding(study(2))))).toMatchObject({ phase: "reading", status: "open" });
    expect(roomAfter(ended, taken({ ...holding(null), status: "open" }))).toMatchObject({ status: "open" });
  });

  it("leaves a study that another window ended, unless something was typed for it", () => {
    const elsewhere = taken(holding(study(2)));
    const looked = room(taken(holding(study(1), study(2))), elsewhere);
    expect(looked).toMatchObject({ study: { item: 2 }, problem: expect.stringContaining("another window") });
    expect(room(taken(holding(study(1), study(2))), positive, elsewhere)).toMatchObject({
      study: { item: 1 },
      reading: { labels: "+" },
    });
  });

  it("asks about contradictions again once something was changed", () => {
    const asked = room(taken(holding(study(1))), positive, { type: "asked" });
    expect(asked.asked).toBe(true);
    expect(roomAfter(asked, positive).asked).toBe(false);
  });

  it("keeps what was typed when the read is refused, and brings back what can be mended", () => {
    const sent = room(taken(holding(study(1), study(2))), positive, enter);
    const lost = roomAfter(sent, { type: "refused", item: 1, problem: "gone", again: false });
    expect(lost.last).toMatchObject({
      reading: { labels: "+" },
      outcome: { kind: "refused", problem: "gone" },
    });
    expect(items(lost)).toEqual([]);
    const back = roomAfter(sent, { type: "refused", item: 1, problem: "wrong", again: true });
    expect(roomAfter(back, enter)).toMatchObject({ study: { item: 1 }, reading: { labels: "+" } });
  });

  it("says of a read of an earlier visit that it was refused", () => {
    const now = room(taken(holding(study(5))), { type: "refused", item: 1, problem: "gone", again: false });
    expect(now.problem).toBe("gone");
  });

  it("puts what comes back by undo before the study that was up, which keeps what was typed", () => {
    const second = room(taken(holding(study(1), study(2), study(3))), enter, positive);
    const undone = roomAfter(second, {
      type: "undone",
      taken: holding(study(1), study(2), study(3)),
      activeMs: 7,
    });
    expect(undone).toMatchObject({ study: { item: 1 }, last: null });
    expect(items(undone)).toEqual([2, 3]);
    expect(roomAfter(undone, enter).reading.labels).toBe("+");
  });

  it("keeps up what is held through the study that is up, else through the next", () => {
    expect(heldItem(room(taken(holding(study(1), study(2)))))).toBe(1);
    expect(heldItem(room(taken(holding(null))))).toBeNull();
  });
});
