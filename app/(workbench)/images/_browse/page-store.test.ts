import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ImageRow } from "@/server/images/browse/schema";
import { PageStore } from "./page-store";

const row = (id: number) => ({ id }) as ImageRow;
const rows = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => row(first + index));

/** A server with 1,000 images numbered from 1; notes what was asked. */
function serve(answers: { failing?: boolean } = {}): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string, { signal }: { signal?: AbortSignal } = {}) => {
    asked.push(url);
    await Promise.resolve();
    signal?.throwIfAborted();
    if (answers.failing) {
      return Response.json({ error: { message: "The database is away." } }, { status: 503 });
    }
    const params = new URL(url, "http://overread").searchParams;
    const keys = Array.from({ length: 8 }, (_, index) => String((index + 1) * 120));
    if (url.startsWith("/api/images/keys")) return Response.json({ keys });
    const first = Number(params.get("after") ?? 0) + 1;
    return Response.json({ rows: rows(first, Number(params.get("upTo") ?? 1000)), next: null });
  });
  return asked;
}

const settle = () => vi.advanceTimersByTimeAsync(100);

describe("pages of a long list", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("starts with what the page brought, without asking", async () => {
    const asked = serve();
    const store = new PageStore("sort=id", { rows: rows(1, 120), next: "120" });
    store.want(0, 119);
    await settle();
    expect(store.at(119)).toEqual(row(120));
    expect(asked).toEqual([]);
  });

  it("enters anywhere by the key of the place, without what lies between", async () => {
    const asked = serve();
    const store = new PageStore("view=AP&sort=id", { rows: rows(1, 120), next: "120" });
    store.want(610, 640);
    await settle();
    expect(store.at(610)).toEqual(row(611));
    expect(store.placeOf(641)).toBe(640);
    expect(store.at(400)).toBeUndefined();
    expect(asked).toEqual([
      "/api/images/keys?view=AP&sort=id",
      "/api/images/list?view=AP&sort=id&after=600&upTo=720",
    ]);
  });

  it("takes the last page to its end", async () => {
    serve();
    const store = new PageStore("", { rows: rows(1, 120), next: "120" });
    store.want(990, 999);
    await settle();
    expect(store.at(999)).toEqual(row(1000));
  });

  it("asks once for a place, and not for places that were only passed", async () => {
    const asked = serve();
    const store = new PageStore("", { rows: rows(1, 120), next: "120" });
    for (const place of [200, 400, 600, 800]) store.want(place, place + 10);
    await settle();
    store.want(800, 810);
    await settle();
    expect(asked.filter((url) => url.startsWith("/api/images/list"))).toEqual([
      "/api/images/list?after=720&upTo=840",
    ]);
  });

  it("says in the server's words what failed, and tries again", async () => {
    serve({ failing: true });
    const store = new PageStore("", { rows: rows(1, 120), next: "120" });
    store.want(200, 210);
    await settle();
    expect(store.failure).toBe("The database is away.");
    serve();
    store.retry();
    await settle();
    expect(store.failure).toBeNull();
    expect(store.at(200)).toEqual(row(201));
  });
});
