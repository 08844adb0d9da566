import { NextRequest } from "next/server";
import { encode } from "next-auth/jwt";
import { beforeAll, describe, expect, it } from "vitest";
import { config, proxy } from "@/proxy";
import { adoptSettings } from "@/server/lib/env";

const origin = "https://overread.clinic.example";
const secret = "a secret of the test, long enough to be one";
beforeAll(() => adoptSettings({ NEXTAUTH_URL: origin, NEXTAUTH_SECRET: secret, NODE_ENV: "production" }));

const ask = (path: string, init: { method?: string; headers?: Record<string, string> } = {}) =>
  proxy(new NextRequest(`${origin}${path}`, init));

async function signedIn(): Promise<Record<string, string>> {
  return { cookie: `__Host-overread.session=${await encode({ token: { sid: "x" }, secret })}` };
}

describe("a page", () => {
  it("asked for without a session leads to signing in, and back", async () => {
    const answer = await ask("/images?view=PA");
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe(`${origin}/sign-in?from=%2Fimages%3Fview%3DPA`);
  });

  it.each(["overread.session", "__Host-overread.session"])("is not opened by a made-up %s", async (name) => {
    const answer = await ask("/", { headers: { cookie: `${name}=${"x".repeat(300)}` } });
    expect(answer.status).toBe(303);
  });

  it("comes with a policy that lets in its own nonce only, and a new one each time", async () => {
    const [one, two] = [await ask("/sign-in"), await ask("/sign-in")];
    const policy = one.headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(/script-src 'self' 'nonce-[\w-]{20,}' 'strict-dynamic' 'wasm-unsafe-eval';/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("'unsafe-eval'");
    expect(policy.replace("style-src-attr 'unsafe-inline'", "")).not.toContain("unsafe-inline");
    expect(two.headers.get("content-security-policy")).not.toBe(policy);
  });

  it.each(["/sign-in", "/invite/abc", "/livez", "/readyz", "/api/running"])(
    "%s needs no session here",
    async (path) => {
      expect((await ask(path)).status).toBe(200);
    },
  );

  it.each(["/sign-inside", "/invites", "/apis", "/livezz"])("%s is no open page", async (path) => {
    expect((await ask(path)).status).toBe(303);
  });
});

describe("a change", () => {
  it.each<{ of: string; headers: Record<string, string> }>([
    { of: "no Origin", headers: {} },
    { of: "a null Origin", headers: { origin: "null" } },
    { of: "a foreign Origin", headers: { origin: "https://evil.example" } },
    { of: "the same name over http", headers: { origin: "http://overread.clinic.example" } },
  ])("with $of is 403, signed in or not, server action or sign-in", async ({ headers }) => {
    for (const extra of [{}, await signedIn(), { "next-action": "abc" }]) {
      for (const path of ["/", "/training", "/api/auth/callback/credentials", "/api/auth/signout"]) {
        for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
          expect((await ask(path, { method, headers: { ...extra, ...headers } })).status).toBe(403);
        }
      }
    }
  });

  it("from a page of this site passes", async () => {
    const answer = await ask("/training", { method: "POST", headers: { ...(await signedIn()), origin } });
    expect(answer.status).toBe(200);
  });
});

describe("what passes by the proxy", () => {
  const matcher = new RegExp(`^${config.matcher[0]}$`);

  it.each(["/", "/images", "/api/running", "/sign-in", "/api/uploadsx", "/icon.svgx"])(
    "is not %s",
    (path) => {
      expect(matcher.test(path)).toBe(true);
    },
  );

  it.each(["/_next/static/chunks/a.js", "/api/uploads/7", "/icon.svg", "/robots.txt"])("is %s", (path) => {
    expect(matcher.test(path)).toBe(false);
  });
});
