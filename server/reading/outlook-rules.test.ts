import { describe, expect, it } from "vitest";
import { outlookOf } from "./outlook-rules";

const now = new Date("2026-11-26T12:00:00Z");
const pace = { readsLeft: 70, medianSeconds: 40, readsLately: 70, daysLately: 7 };

describe("when a worklist will be done", () => {
  it("is reckoned from the reads of the last days, and hours of reading from the median", () => {
    // 70 reads in 7 days: ten a day; 70 left: seven days more. 70 × 40 s are 2,800 s.
    expect(outlookOf(pace, now, null)).toMatchObject({
      secondsLeft: 2800,
      doneOn: new Date("2026-12-03T12:00:00Z"),
      late: false,
    });
  });

  it.each([
    { due: "2026-12-03", late: false },
    { due: "2026-12-02", late: true },
    { due: "2026-11-25", late: true },
  ])("is in time until the due day $due is over: late $late", ({ due, late }) => {
    expect(outlookOf(pace, now, due).late).toBe(late);
  });

  it("counts the days that a young list has, one at least, and is unknown where nobody reads", () => {
    expect(outlookOf({ ...pace, daysLately: 0.2 }, now, null).doneOn).toEqual(
      new Date("2026-11-27T12:00:00Z"),
    );
    expect(outlookOf({ ...pace, readsLately: 0, medianSeconds: null }, now, "2026-12-24")).toMatchObject({
      secondsLeft: null,
      doneOn: null,
      late: false,
    });
    expect(outlookOf({ ...pace, readsLeft: 0 }, now, "2026-01-01")).toMatchObject({
      doneOn: now,
      late: false,
    });
  });
});
