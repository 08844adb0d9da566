import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { adoptSettings, childEnvironment } from "@/server/lib/env";
import { engineBuild } from "./build";
import { engineCache, installedIn } from "./cache";
import { obtainEngine } from "./obtain";
import { sha256, wheelOf, wheelServer } from "./wheel-server.fixture";

// A package index on this machine with a small wheel in TensorFlow's place, and a compiler that only writes its
// output: what is tried is the way there, and everything that may go wrong on it.
const build = engineBuild("linux", "x64", "cpu");
const wheel = await wheelOf({
  "tensorflow/libtensorflow_cc.so.2": "cc",
  "tensorflow/libtensorflow_framework.so.2": "framework",
  "tensorflow/include/tensorflow/c/c_api.h": "// the C API",
  "tensorflow/include/Eigen/Core.h": "// not reached",
  "tensorflow/python/ops.py": "pass",
});
const systemPath = childEnvironment({}).PATH ?? "";
let folder: string;
let server: Awaited<ReturnType<typeof wheelServer>>;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "overread-engine-"));
  adoptSettings({ OVERREAD_ENGINE_CACHE: path.join(folder, "cache") });
  server = await wheelServer(wheel);
  adoptSettings({ PIP_INDEX_URL: server.index });
  await compiler('while [ "$1" != "-o" ]; do shift; done; echo addon > "$2"');
});
afterEach(async () => {
  server.close();
  adoptSettings({ OVERREAD_ENGINE_CACHE: "", PIP_INDEX_URL: "", PATH: systemPath });
  await rm(folder, { recursive: true });
});

test("keeps the libraries, the headers and the addon, says what they came from, and asks nobody again", async () => {
  const { folder: place, record } = await obtain();
  expect(record).toMatchObject({
    flavour: "cpu",
    tensorflow: "2.21.0",
    wheels: [{ project: "tensorflow-cpu", version: "2.21.0", sha256: sha256(wheel) }],
    compiler: "a compiler 1.0",
  });
  expect(await readdir(path.join(place, "tensorflow"))).toEqual([
    "include",
    "libtensorflow_cc.so.2",
    "libtensorflow_framework.so.2",
  ]);
  expect(await readdir(path.join(place, "tensorflow", "include"))).toEqual(["tensorflow"]);
  await obtain();
  expect(server.downloads()).toBe(1);
});

test("repairs what is cut short, and what a killed installation left", async () => {
  const { folder: place } = await obtain();
  await truncate(path.join(place, "tensorflow", "libtensorflow_cc.so.2"), 1);
  await mkdir(`${place}.partial/tensorflow`, { recursive: true });
  await writeFile(`${place}.lock`, `${await deadProcess()} ${hostname()}\n`);
  expect(await installedIn(place)).toBeNull();
  await obtain();
  expect(await readFile(path.join(place, "tensorflow", "libtensorflow_cc.so.2"), "utf8")).toBe("cc");
  expect(await readdir(engineCache())).toEqual([build.name]);
});

test("two at once download once: the second waits and takes what the first made", async () => {
  const steps: string[] = [];
  const onStep = (line: string) => void steps.push(line);
  await Promise.all([obtain({ onStep }), obtain({ onStep })]);
  expect(server.downloads()).toBe(1);
  expect(steps.filter((line) => line.startsWith("Compiling"))).toHaveLength(1);
});

test("gives up in time while somebody else holds the lock", async () => {
  await mkdir(engineCache(), { recursive: true });
  await writeFile(path.join(engineCache(), `${build.name}.lock`), `${process.pid} ${hostname()}\n`);
  const steps: string[] = [];
  const waiting = obtain({ signal: AbortSignal.timeout(700), onStep: (line) => steps.push(line) });
  await expect(waiting).rejects.toThrow();
  expect(steps).toEqual(["Another process is installing the engine; waiting for it …"]);
  expect(server.downloads()).toBe(0);
});

test.each([
  {
    what: "a wheel with other bytes than the index promised",
    arrange: () => serve(wheel, { promised: "0".repeat(64) }),
    code: "invalid",
    message: /came damaged: its SHA-256 is/,
  },
  {
    what: "a wheel that breaks off",
    arrange: () => serve(wheel, { send: wheel.length - 100 }),
    code: "unavailable",
    message: /cannot be downloaded/,
  },
  {
    what: "a file that is no wheel",
    arrange: () => serve(Buffer.from("<html>proxy login</html>")),
    code: "invalid",
    message: /cannot be unpacked/,
  },
  {
    what: "a wheel without the libraries",
    arrange: async () => serve(await wheelOf({ "tensorflow/__init__.py": "" })),
    code: "invalid",
    message: /does not hold tensorflow\/libtensorflow_cc.so.2/,
  },
  {
    what: "no network",
    arrange: async () => void server.close(),
    code: "unavailable",
    message: /cannot be downloaded/,
  },
  {
    what: "no compiler",
    arrange: async () => adoptSettings({ PATH: "" }),
    code: "unavailable",
    message: /needs a C\+\+ compiler/,
  },
  {
    what: "sources that do not compile",
    arrange: () => compiler('echo "tfjs_backend.cc:3: fatal error: no such header" >&2; exit 1'),
    code: "unavailable",
    message: /did not compile: tfjs_backend.cc:3: fatal error: no such header/,
  },
])("refuses $what in one line and leaves nothing behind", async ({ arrange, code, message }) => {
  await arrange();
  await expect(obtain()).rejects.toMatchObject({
    failure: { code, message: expect.stringMatching(message) },
  });
  expect(await readdir(engineCache()).catch(() => [])).toEqual([]);
});

test("no wheel, no build: Windows and a GPU on a Mac are refused", () => {
  expect(() => engineBuild("win32", "x64", "cpu")).toThrow("not built for win32");
  expect(() => engineBuild("darwin", "arm64", "cuda")).toThrow("CUDA engine is not built for darwin");
});

function obtain(extra: Partial<Parameters<typeof obtainEngine>[1]> = {}) {
  return obtainEngine(
    { ...build, pipFlags: ["--retries=0", ...build.pipFlags] },
    {
      signal: AbortSignal.timeout(30_000),
      ...extra,
    },
  );
}

/** Another index in place of the first. */
async function serve(...wanted: Parameters<typeof wheelServer>): Promise<void> {
  server.close();
  server = await wheelServer(...wanted);
  adoptSettings({ PIP_INDEX_URL: server.index });
}

/** The number of a process that has ended. */
async function deadProcess(): Promise<number | undefined> {
  const child = spawn("true");
  await once(child, "exit");
  return child.pid;
}

/** Puts a g++ that runs the given lines before the system's. */
async function compiler(lines: string): Promise<void> {
  const program = path.join(folder, "bin", "g++");
  await mkdir(path.dirname(program), { recursive: true });
  const version = 'if [ "$1" = --version ]; then echo "a compiler 1.0"; exit; fi';
  await writeFile(program, `#!/bin/sh\n${version}\n${lines}\n`);
  await chmod(program, 0o755);
  adoptSettings({ PATH: `${path.dirname(program)}${path.delimiter}${systemPath}` });
}
