import { afterEach, describe, expect, it } from "vitest";
import { adoptSettings } from "@/server/lib/env";
import { originAllowed } from "./origin";

afterEach(() => adoptSettings({ NEXTAUTH_URL: "" }));

const request = (origin: string | null, host: string) =>
  new Headers(origin === null ? { host } : { host, origin });

describe.each([
  { of: "a public address", own: "https://overread.clinic.example" },
  { of: "one's own machine", own: "http://localhost:3000" },
  { of: "no setting", own: "" },
])("with $of", ({ own }) => {
  const host = own ? new URL(own).host : "localhost:3000";
  const same = own || "http://localhost:3000";

  it.each(["GET", "HEAD", "OPTIONS"])("%s may come from anywhere", (method) => {
    adoptSettings({ NEXTAUTH_URL: own });
    expect(originAllowed(method, request(null, host))).toBe(true);
    expect(originAllowed(method, request("https://evil.example", host))).toBe(true);
  });

  it.each(["POST", "PUT", "PATCH", "DELETE"])("%s comes from this site only", (method) => {
    adoptSettings({ NEXTAUTH_URL: own });
    expect(originAllowed(method, request(same, host))).toBe(true);
    const foreign = [
      null,
      "",
      "null",
      "https://evil.example",
      `${same}.evil.example`,
      `${same}:9`,
      "javascript:1",
    ];
    for (const origin of foreign)
      expect(originAllowed(method, request(origin, host)), String(origin)).toBe(false);
  });
});

describe("a Host that the attacker chose", () => {
  it("makes no foreign origin a page of this site", () => {
    for (const own of ["https://overread.clinic.example", "http://localhost:3000", ""]) {
      adoptSettings({ NEXTAUTH_URL: own });
      expect(originAllowed("POST", request("http://evil.example", "evil.example"))).toBe(false);
    }
  });

  it("does not open a public installation to a page on the visitor's own machine", () => {
    adoptSettings({ NEXTAUTH_URL: "https://overread.clinic.example" });
    expect(originAllowed("POST", request("http://localhost:3000", "localhost:3000"))).toBe(false);
  });
});

describe("on one's own machine", () => {
  it("localhost and 127.0.0.1 are both this site, on its port", () => {
    adoptSettings({ NEXTAUTH_URL: "http://localhost:3000" });
    expect(originAllowed("POST", request("http://127.0.0.1:3000", "127.0.0.1:3000"))).toBe(true);
    expect(originAllowed("POST", request("http://127.0.0.1:8000", "127.0.0.1:3000"))).toBe(false);
  });
});
