import { describe, expect, it } from "vitest";
import { hashPassword, passwordMatches, passwordProblem } from "./passwords";

describe("a password is refused when it", () => {
  it.each([
    ["is short", "fourteen chars", /at least 15/],
    ["is empty", "", /at least 15/],
    ["is longer than can be meant", "x y z ".repeat(60), /at most 256/],
    ["is a common one", "qwertasdfgzxcvb", /common/],
    ["is a common one repeated", "passwordpassword", /common/],
    ["is a common one with digits behind", "password1234567890", /common/],
    ["is one character over and over", "aaaaaaaaaaaaaaaaaaaa", /common/],
    ["is digits only", "123456789012345678", /common/],
    ["is the address", "rea.reader@clinic.example", /your own/],
    ["is the name over and over", "rea.readerrea.reader", /your own/],
  ])("%s", (_, password, problem) => {
    expect(passwordProblem(password, ["rea.reader@clinic.example", "Rea Reader"])).toMatch(problem);
  });
});

describe("a password is taken when it", () => {
  it.each([
    ["is a sentence", "the left apex looks odd"],
    ["has 15 characters and no digit", "qzvmtbkwplxdgha"],
    ["has 64 characters", `${"correct horse battery staple ".repeat(2)}zebra!`],
    ["is in another script", "лёгкие чистые, тень справа"],
    ["begins with a common word", "password of the third floor"],
  ])("%s", (_, password) => {
    expect(passwordProblem(password, ["rea@clinic.example"])).toBeNull();
  });
});

describe("a stored password", () => {
  it("is argon2id with 19 MiB, two passes and one lane, salted", async () => {
    const [one, two] = await Promise.all([
      hashPassword("the left apex looks odd"),
      hashPassword("the left apex looks odd"),
    ]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
  });

  it("matches the same words however the keyboard composed them", async () => {
    const stored = await hashPassword("Zu\u0308rich sieht alles");
    expect(await passwordMatches(stored, "Zürich sieht alles".normalize("NFC"))).toBe(true);
    expect(await passwordMatches(stored, "zürich sieht alles")).toBe(false);
  });

  it("is never matched where there is none, not even by the placeholder's own words", async () => {
    expect(await passwordMatches(null, "no account stands behind this hash")).toBe(false);
    expect(await passwordMatches(undefined, "")).toBe(false);
  });
});
