import { describe, expect, it } from "vitest";
import { outboxOf, type Parcel } from "./outbox";

function storage() {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
    kept,
  };
}
const read = (key: string): Parcel => ({ step: "submit", key, input: { item: 1, key, labels: "+" } });

describe("the outbox", () => {
  it("keeps what is not acknowledged over a reload, each key once", () => {
    const browser = storage();
    const before = outboxOf(browser, 1, 7);
    before.add(read("a"));
    before.add(read("b"));
    before.add(read("a"));
    const after = outboxOf(browser, 1, 7);
    expect(after.list().map(({ key }) => key)).toEqual(["b", "a"]);
    after.remove("a");
    after.remove("b");
    expect(browser.kept.size).toBe(0);
  });

  it("is each reader's and each worklist's own", () => {
    const browser = storage();
    outboxOf(browser, 1, 7).add(read("a"));
    expect(outboxOf(browser, 1, 8).list()).toEqual([]);
    expect(outboxOf(browser, 2, 7).list()).toEqual([]);
  });

  it("sees what another window added", () => {
    const browser = storage();
    const [here, there] = [outboxOf(browser, 1, 7), outboxOf(browser, 1, 7)];
    here.add(read("a"));
    there.add(read("b"));
    here.remove("a");
    expect(there.list().map(({ key }) => key)).toEqual(["b"]);
  });

  it.each(["no json", "{}", "null", '[null, 3, {"key": 1}, {"labels": "+"}]'])(
    "takes %s for empty",
    (text) => {
      const browser = storage();
      browser.setItem("overread.unsent.7.1", text);
      expect(outboxOf(browser, 1, 7).list()).toEqual([]);
    },
  );
});
