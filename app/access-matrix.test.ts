import { glob, readFile } from "node:fs/promises";
import path from "node:path";
import { encode } from "next-auth/jwt";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { sessionCookieName } from "@/app/_session/cookie";
import { allows, type Permission, permissions, type Role, roles } from "@/server/auth/permissions";
import { openSession } from "@/server/auth/sessions";
import { database } from "@/server/db/client";
import { adoptSettings } from "@/server/lib/env";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { actions, routes } from "./access-matrix";

/** Input for actions that look at their form before they ask who calls; all others get junk. */
const inputs: Readonly<Record<string, () => unknown[]>> = {
  verifyAudit: () => [],
  send: () => [{ run: 999999, images: [999999], worklist: "nobody's" }],
  freeze: () => [null, formOf({ name: "" })],
  makeWorklist: () => [null, formOf({ name: "", filters: "", kind: "uncertain-first" })],
  start: () => [null, formOf({ format: "chexpert", source: "/nowhere" })],
  startSweep: () => [null, formOf({ split: "999999", network: "densenet121" })],
  launch: () => [null, formOf({ split: "999999", network: "compact" })],
};

type Access = "open" | "person" | Permission;
type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
type Action = (...input: unknown[]) => Promise<unknown>;

const app = import.meta.dirname;
const origin = "http://localhost:3000";
const changing = new Set(["POST", "PUT", "PATCH", "DELETE"]);
const strangers: readonly Record<string, string>[] = [
  {},
  { origin: "null" },
  { origin: "https://evil.example" },
  { origin: "http://localhost:3001" },
];
const namedRoutes = rowsOf(routes).map(([method, route, access]) => ({
  method,
  route,
  access: access as Access,
}));
const namedActions = rowsOf(actions).map(([file, name, access]) => ({
  file,
  name,
  access: access as Access,
}));

const jar = vi.hoisted(() => ({ cookie: undefined as string | undefined }));
vi.mock("next/headers", () => ({
  cookies: async () => ({
    get: (name: string) =>
      name.endsWith("overread.session") && jar.cookie ? { name, value: jar.cookie } : undefined,
    set: () => {},
  }),
  headers: async () => new Headers(),
}));
vi.mock("next/cache", () => ({ revalidatePath: () => {}, revalidateTag: () => {}, refresh: () => {} }));

testDatabase();
const secret = "a secret of the test, long enough to be one";
beforeAll(() => adoptSettings({ NEXTAUTH_SECRET: secret, NEXTAUTH_URL: origin }));

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

async function cookieOf(role: Role): Promise<string> {
  const person = await personWith(role);
  return encode({ token: { sid: await openSession(database(), person.userId, null) }, secret });
}

function rowsOf(table: string): [string, string, string][] {
  return table
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/) as [string, string, string]);
}

async function filesOf(pattern: string): Promise<string[]> {
  const found: string[] = [];
  for await (const file of glob(pattern, { cwd: app })) found.push(file);
  return found.sort();
}

async function routesThere(): Promise<string[]> {
  const files = (await filesOf("**/route.ts")).filter((file) => !/(^|\/)_/.test(file));
  const found = files.map(async (file) => {
    const module = (await import(path.join(app, file))) as Record<string, unknown>;
    const methods = Object.keys(module).filter((name) => /^[A-Z]+$/.test(name));
    return methods.map((method) => `${method} ${path.dirname(file)}`);
  });
  return (await Promise.all(found)).flat().sort();
}

async function actionsThere(): Promise<string[]> {
  const found: string[] = [];
  for (const file of await filesOf("**/*.{ts,tsx}")) {
    if (!/^\s*["']use server["']/.test(await readFile(path.join(app, file), "utf8"))) continue;
    const module = (await import(path.join(app, file))) as Record<string, unknown>;
    found.push(...Object.keys(module).map((name) => `${file} ${name}`));
  }
  return found.sort();
}

describe("the matrix", () => {
  it("names every route handler, and none that is gone", async () => {
    const named = namedRoutes.map(({ method, route }) => `${method} ${folderOf(route)}`);
    expect(await routesThere()).toEqual([...new Set(named)].sort());
  });

  it("names every server action, and none that is gone", async () => {
    expect(await actionsThere()).toEqual(namedActions.map(({ file, name }) => `${file} ${name}`).sort());
  });

  it("knows every access that it names", () => {
    const known = new Set<string>(["open", "person", ...permissions]);
    expect([...namedRoutes, ...namedActions].filter(({ access }) => !known.has(access))).toEqual([]);
  });

  it("sees every action: none hides inside another file", async () => {
    for (const file of await filesOf("**/*.{ts,tsx}")) {
      const text = await readFile(path.join(app, file), "utf8");
      const lines = text.split("\n").filter((line) => /^\s+["']use server["'];?\s*$/.test(line));
      expect(lines, file).toEqual([]);
    }
  });
});

async function handlerOf(method: string, route: string): Promise<Handler> {
  const module = (await import(path.join(app, folderOf(route), "route.ts"))) as Record<string, Handler>;
  const handler = module[method];
  if (!handler) throw new Error(`${route} has no ${method}`);
  return handler;
}

/** "api/reading/[step=take]" stands in the folder "api/reading/[step]". */
function folderOf(route: string): string {
  return route.replaceAll(/=[\w-]+\]/g, "]");
}

async function call(method: string, route: string, headers: Record<string, string>): Promise<Response> {
  const handler = await handlerOf(method, route);
  const names = [...route.matchAll(/\[(?:\.\.\.)?(\w+)(?:=([\w-]+))?\]/g)];
  const params = Object.fromEntries(names.map((match) => [match[1], match[2] ?? "999999"]));
  const url = `${origin}/${route.replaceAll(/\[[^\]]+\]/g, "999999")}`;
  return handler(new Request(url, { method, headers }), { params: Promise.resolve(params) });
}

describe.each(namedRoutes.filter(({ access }) => access !== "open"))(
  "$method $route",
  ({ method, route, access }) => {
    it("is 401 without a session, with a tampered one, and with a session that ended", async () => {
      const good = await cookieOf("administrator");
      const tampered = `${good.slice(0, -4)}${good.endsWith("AAAA") ? "BBBB" : "AAAA"}`;
      const ended = await encode({ token: { sid: "no such session" }, secret });
      const foreign = await encode({ token: { sid: "x" }, secret: "another secret that is long enough too" });
      const cookies = ["", tampered, ended, foreign, "%%%"];
      for (const value of cookies) {
        const answer = await call(method, route, { origin, cookie: `${sessionCookieName()}=${value}` });
        expect(answer.status).toBe(401);
        if (method !== "HEAD")
          expect(await answer.json()).toMatchObject({ error: { code: "unauthenticated" } });
      }
    });

    it.each(roles)("answers a %s as the permission table says", async (role) => {
      const headers = { origin, cookie: `${sessionCookieName()}=${await cookieOf(role)}` };
      const answer = await call(method, route, headers);
      const allowed = access === "person" || allows(role, access as Permission);
      if (allowed) expect([401, 403, 500]).not.toContain(answer.status);
      else expect(answer.status).toBe(403);
      await answer.body?.cancel();
    });
  },
);

describe.each(namedRoutes.filter(({ method, access }) => access !== "open" && changing.has(method)))(
  "$method $route",
  ({ method, route }) => {
    it.each(strangers)("is 403 to an administrator's own browser from %j", async (from) => {
      const cookie = `${sessionCookieName()}=${await cookieOf("administrator")}`;
      expect((await call(method, route, { ...from, cookie })).status).toBe(403);
    });
  },
);

describe("open routes", () => {
  it("say whether the process lives and is ready, and nothing else", async () => {
    const [lives, ready] = [await call("GET", "livez", {}), await call("GET", "readyz", {})];
    expect([lives.status, ready.status]).toEqual([200, 200]);
    expect(Object.keys((await ready.json()) as object)).toEqual(["ready", "parts"]);
  });

  it.each(strangers)("take no sign-in from %j", async (headers) => {
    expect((await call("POST", "api/auth/[...nextauth]", headers)).status).toBe(403);
  });
});

const refusals = ["You are signed out. Sign in again to go on.", "Your role does not allow this."];

/** What an action made of a call: whether it let the caller in. */
async function outcomeOf(
  file: string,
  name: string,
  cookie: string | undefined,
): Promise<"refused" | "let in"> {
  jar.cookie = cookie;
  const module = (await import(path.join(app, file))) as Record<string, Action>;
  try {
    const answer = await module[name]?.(...(inputs[name]?.() ?? [new FormData(), new FormData()]));
    // Of what goes on telling, all that it tells.
    const told = answer instanceof ReadableStream ? await Array.fromAsync(answer) : answer;
    const said = JSON.stringify(told) ?? "";
    const refused =
      /"code":"(unauthenticated|forbidden)"/.test(said) || refusals.some((words) => said.includes(words));
    return refused ? "refused" : "let in";
  } catch (error) {
    const digest = String((error as { digest?: unknown }).digest ?? "");
    if (/^NEXT_REDIRECT;[^;]*;\/sign-in|^NEXT_HTTP_ERROR_FALLBACK;404/.test(digest)) return "refused";
    throw new Error(`${name} broke on a stranger's call; ask for the session before the input`, {
      cause: error,
    });
  }
}

describe.each(namedActions.filter(({ access }) => access !== "open"))(
  "action $name",
  ({ file, name, access }) => {
    it("refuses a call without a session", async () => {
      expect(await outcomeOf(file, name, undefined)).toBe("refused");
      expect(await outcomeOf(file, name, "tampered")).toBe("refused");
    });

    it.each(roles)("answers a %s as the permission table says", async (role) => {
      const allowed = access === "person" || allows(role, access as Permission);
      if (allowed) {
        // What junk does to an action that lets its caller in is its own tests' business.
        const outcome = await outcomeOf(file, name, await cookieOf(role)).catch(() => "let in");
        expect(outcome).toBe("let in");
      } else expect(await outcomeOf(file, name, await cookieOf(role))).toBe("refused");
    });
  },
);

describe("the open action", () => {
  it.each([
    undefined,
    null,
    {},
    { token: "x", name: "M", password: "the left apex looks odd" },
    { token: { $ne: "" } },
  ])("lets nobody in by %j", async (taken) => {
    const module = (await import("./(auth)/invite/[token]/actions")) as unknown as Record<string, Action>;
    expect(await module.takeUpInvitation?.(taken)).toMatchObject({ ok: false });
  });
});
