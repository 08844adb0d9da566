import { describe, expect, it } from "vitest";
import type { RoomStudy, Submitted, Taken } from "@/server/reading/schema";
import { emptyRoom, heldItem, type RoomEvent, roomAfter } from "./room-state";

const film = (id: number, here = true) => ({ id, view: "AP", here });
const study = (item: number, more: Partial<RoomStudy> = {}): RoomStudy => ({
  item,
  blind: true,
  patient: "patient 1",
  number: 1,
  of: 1,
  sex: "F",
  age: 60,
  images: [film(item * 10), film(item * 10 + 1, false)],
  priors: [],
  draft: null,
  known: null,
  ...more,
});
const taken = (of: RoomStudy | null, upcoming: number[] = []): Taken => ({
  study: of,
  held: of ? [of.item] : [],
  next: [],
  upcoming,
});
const submitted: Submitted = {
  item: 1,
  revision: 1,
  labels: "+",
  repeated: false,
  known: { source: "", current: "+", origin: "read", others: [], models: [] },
};
const positive: RoomEvent = { type: "changed", change: (reading) => ({ ...reading, labels: "+" }) };

function room(...events: RoomEvent[]) {
  return events.reduce(roomAfter, emptyRoom);
}

describe("the reading room", () => {
  it("hangs a study blank, or with the draft that was kept of it", () => {
    const draft = { labels: "+-", comment: "left", flagged: true, activeMs: 9 };
    expect(room({ type: "hung", taken: taken(study(1)) })).toMatchObject({
      phase: "reading",
      reading: { labels: "", comment: "", flagged: false },
      typed: false,
    });
    expect(room({ type: "hung", taken: taken(study(1, { draft })) }).reading).toEqual({
      labels: "+-",
      comment: "left",
      flagged: true,
      regions: [],
    });
  });

  it("leaves nothing of one study on the next", () => {
    const first = room({ type: "hung", taken: taken(study(1)) }, positive, { type: "asked" });
    const next = roomAfter(first, { type: "hung", taken: taken(study(2)) });
    expect(next).toEqual(room({ type: "hung", taken: taken(study(2)) }));
  });

  it("takes no key for a finding while a read is on its way or revealed", () => {
    const sending = room({ type: "hung", taken: taken(study(1)) }, { type: "sent" });
    expect(roomAfter(sending, positive)).toBe(sending);
    const revealed = roomAfter(sending, { type: "revealed", submitted });
    expect(roomAfter(revealed, positive)).toBe(revealed);
  });

  it("asks about contradictions again once something was changed", () => {
    const asked = room({ type: "hung", taken: taken(study(1)) }, positive, { type: "asked" });
    expect(asked.asked).toBe(true);
    expect(roomAfter(asked, positive).asked).toBe(false);
  });

  it("keeps what was typed when the read is refused", () => {
    const sent = room({ type: "hung", taken: taken(study(1)) }, positive, { type: "sent" });
    const lost = roomAfter(sent, { type: "refused", problem: "taken", lost: true });
    expect(lost).toMatchObject({ phase: "lost", problem: "taken", reading: { labels: "+" } });
    const back = roomAfter(sent, { type: "refused", problem: "wrong", lost: false });
    expect(back).toMatchObject({ phase: "reading", reading: { labels: "+" } });
  });

  it("holds the next study while the reveal is looked at, and fetches its films first", () => {
    const revealed = room(
      { type: "hung", taken: taken(study(1), [90]) },
      { type: "sent" },
      { type: "revealed", submitted },
      {
        type: "waiting",
        taken: taken(study(2, { priors: [{ number: 1, images: [film(7)], daysBefore: 3 }] }), [30, 40]),
      },
    );
    expect(heldItem(revealed)).toBe(2);
    expect(revealed.ahead).toEqual([20, 7, 30, 40]);
    // It came too late: the reader has undone the read, and the server put the next one back.
    const undone = roomAfter(revealed, { type: "hung", taken: taken(study(1)) });
    expect(roomAfter(undone, { type: "waiting", taken: taken(study(2)) })).toBe(undone);
    expect(heldItem(undone)).toBe(1);
  });

  it("keeps no lease up once the list has ended or the study is lost", () => {
    expect(heldItem(room({ type: "hung", taken: taken(null) }))).toBeNull();
    const lost = room({ type: "hung", taken: taken(study(1)) }, { type: "refused", problem: "", lost: true });
    expect(heldItem(lost)).toBeNull();
  });
});
