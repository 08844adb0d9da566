import { describe, expect, it } from "vitest";
import { vocabulary } from "@/server/labels/vocabulary";
import { keyCap } from "@/server/lib/key-caps";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { keyedActions, keyMap, keyOf, keyProblem, lettered } from "./keys";
import { chooseKeys, readingKeys } from "./own-keys";
import { fixedKeys } from "./room-actions";

testDatabase();

const press = (key: string, held = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...held });

describe("the keys that the reading room has by default", () => {
  it("are one for each action and finding; no digit among them, and none of those that stay", async () => {
    const keys = keyedActions(await vocabulary()).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter((key) => /\d/.test(key))).toEqual([]);
    expect(keys.filter((key) => fixedKeys.some((fixed) => fixed.key === key))).toEqual([]);
    expect(keyProblem(await vocabulary(), {})).toBeNull();
  });

  it("are shown as they stand on the keyboard, not as browsers name them", async () => {
    const keys = [...keyedActions(await vocabulary()), ...fixedKeys].map(({ key }) => key);
    const wordy = keys
      .map((key) => keyCap(key).sign)
      .filter((sign) => /arrow|enter|escape|backspace/i.test(sign));
    expect(wordy).toEqual([]);
    expect(["ArrowLeft", "ArrowUp", "Enter", "Escape"].map((key) => keyCap(key).sign).join(" ")).toBe(
      "← ↑ ⏎ Esc",
    );
  });

  it("leave every digit to the film: presets, and 0 for the whole film", () => {
    const digits = fixedKeys.filter(({ key }) => /\d/.test(key)).map(({ key }) => key);
    expect(digits.toSorted().join("")).toBe("0123456789");
  });
});

describe("choosing keys", () => {
  it.each([
    ["a key of another action", { flag: "S" }, "S is already the key for “skip, with a reason”."],
    ["a finding's letter", { flag: "C" }, "C is already the key for “Cardiomegaly”."],
    [
      "an action's letter for a finding",
      { "finding:2": "U" },
      "U is already the key for “undo the last read or skip”.",
    ],
    ["two chosen alike", { flag: "Y", skip: "Y" }, "Y is already the key for “skip, with a reason”."],
    ["an arrow", { flag: "ArrowLeft" }, "Left arrow is already the key for “film before”."],
    ["a digit", { flag: "2" }, "2 stays as in other viewers: window: lungs."],
    [
      "a digit without a preset",
      { "finding:2": "7" },
      "7 stays as in other viewers: kept for window presets.",
    ],
    ["the key of the inversion", { flag: "I" }, "I stays as in other viewers: invert."],
    ["no letter for a finding", { "finding:2": "Enter" }, "“Cardiomegaly” needs a letter from A to Z."],
    ["a key that goes elsewhere", { flag: "F5" }, "F5 cannot be used as a key here."],
    ["two characters", { flag: "ab" }, "ab cannot be used as a key here."],
    ["an action that there is not", { dance: "Y" }, "There is nothing called dance to give a key to."],
    [
      "a finding that there is not",
      { "finding:99": "Y" },
      "There is nothing called finding:99 to give a key to.",
    ],
  ])("refuses %s", async (_, choices: Record<string, string>, text) => {
    const answer = await chooseKeys(await personWith("reader"), { choices });
    expect(answer).toMatchObject({ ok: false, message: text });
  });

  it("says which key collides with what", async () => {
    const answer = await chooseKeys(await personWith("reader"), { choices: { flag: "C" } });
    expect(answer).toMatchObject({
      code: "conflict",
      detail: { action: "flag", key: "C", with: "finding:2" },
    });
  });

  it("keeps them for the person, on the server, and for nobody else", async () => {
    const [ada, ben] = [await personWith("reader"), await personWith("reader")];
    const choices = { flag: "Y", skip: "ö", "finding:2": "F" };
    expect(await chooseKeys(ada, { choices })).toMatchObject({ ok: true });
    expect(await readingKeys(ada, {})).toMatchObject({ value: { choices } });
    expect(await readingKeys(ben, {})).toMatchObject({ value: { choices: {} } });
    expect(await chooseKeys(ada, { choices: {} })).toMatchObject({ ok: true });
    expect(await readingKeys(ada, {})).toMatchObject({ value: { choices: {} } });
  });

  it("lets two actions change keys with each other", async () => {
    const findings = await vocabulary();
    const keys = keyMap(findings, { flag: "C", "finding:2": "F" });
    expect(keyProblem(findings, { flag: "C", "finding:2": "F" })).toBeNull();
    expect([keys.get("flag"), keys.get("finding:2")]).toEqual(["C", "F"]);
    expect(lettered(findings, keys).find(({ position }) => position === 2)?.key).toBe("F");
  });

  it("keeps a choice when a finding comes into the vocabulary under its letter", async () => {
    const later = {
      position: 15,
      name: "Nodule",
      shortName: "Nodule",
      key: "Y",
      parent: 4,
      displayOrder: 15,
    };
    const keys = keyMap([...(await vocabulary()), later], { flag: "Y" });
    expect([keys.get("flag"), keys.get("finding:15")]).toEqual(["Y", null]);
  });

  it("is for readers only", async () => {
    expect(await chooseKeys(await personWith("scientist"), { choices: {} })).toMatchObject({
      code: "forbidden",
    });
    expect(await chooseKeys({ kind: "shell", osUser: "test" }, { choices: {} })).toMatchObject({
      code: "forbidden",
    });
  });
});

it.each([
  [press("c"), "C"],
  [press("C"), "C"],
  [press(" "), "Space"],
  [press("Enter"), "Enter"],
  [press("ö"), "ö"],
  [press("Shift"), null],
  [press("F5"), null],
  [press("c", { ctrlKey: true }), null],
])("names the key of %j", (event, name) => expect(keyOf(event)).toBe(name));
