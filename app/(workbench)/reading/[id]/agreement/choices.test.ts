import { describe, expect, it } from "vitest";
import { choicesOf, hrefWith, type Search } from "./choices";

const searchOf = (href: string): Search =>
  Object.fromEntries(new URL(href, "http://localhost").searchParams.entries());

describe("the address of the agreement page", () => {
  it.each([
    {},
    { policy: "stated-only", reference: "others", finding: "Pleural Effusion" },
    { run: "3", class: "a & b", threshold: "0.35" },
  ] as Search[])("says again what it said: %o", (search) => {
    const choices = choicesOf(search);
    expect(choicesOf(searchOf(hrefWith(7, choices)))).toEqual(choices);
  });

  it("takes nonsense as not said", () => {
    const nonsense = { policy: "x", reference: ["others"], run: "1.5", class: "c", threshold: "2" };
    expect(choicesOf(nonsense)).toEqual(choicesOf({}));
    expect(hrefWith(7, choicesOf(nonsense))).toBe("/reading/7/agreement");
  });
});
