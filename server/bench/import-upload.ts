import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Person } from "@/server/auth/actor";
import { valueOf as valueIn } from "@/server/auth/command";
import { startImport } from "@/server/datasets/commands";
import { showImport } from "@/server/datasets/import-queries";
import { adoptSettings } from "@/server/lib/env";
import { startChild, typescript } from "@/server/processes/child";
import { adoptSecrets } from "@/server/processes/secrets";
import { ensureBuild } from "@/server/processes/web-build";
import { baseUrl, startWeb, webAnswers } from "@/server/processes/web-process";
import { personWith } from "@/server/testing/actors";
import type { Benchmark, Figure } from "./benchmark";
import { cookieOf } from "./cookie-of";

const table = "data/chexpert/train-full.csv.gz";
const chunkBytes = 8 * 1024 * 1024;

/** All of CheXpert's table through the browser's door: sent to the web process in pieces, imported by a worker. */
export const importUploadBenchmark: Benchmark = {
  name: "import-upload",
  needs: [table],
  async run(shared) {
    await ensureBuild();
    await adoptSecrets();
    adoptSettings({ PORT: "3199", NEXTAUTH_URL: "http://localhost:3199" });
    const web = startWeb(false);
    const worker = startChild("worker", typescript("server/worker/main.ts"));
    try {
      await webAnswers(web);
      const person = await personWith("administrator");
      const cookie = await cookieOf(person);
      const began = performance.now();
      const source = await upload(path.join(shared, table), cookie);
      const uploaded = performance.now();
      const { importId } = valueIn(await startImport(person, { format: "chexpert", source }));
      const rows = await lookOn(person, importId, cookie);
      return [
        { what: "rows", value: rows, unit: "rows", bar: { atLeast: 223_414 } },
        { what: "upload", value: (uploaded - began) / 1000, unit: "s" },
        {
          what: "import, while pages are looked at",
          value: (performance.now() - uploaded) / 1000,
          unit: "s",
        },
        ...(await peak("web process", web.pid)),
        ...(await peak("worker that imports", worker.pid)),
      ];
    } finally {
      await worker.stop();
      await web.stop();
    }
  },
};

async function upload(file: string, cookie: string): Promise<string> {
  const bytes = await readFile(file);
  const body = JSON.stringify({ name: path.basename(file), size: bytes.length });
  const begun = await ask("POST", "/api/uploads", cookie, body);
  const { uploadId, source } = (await begun.json()) as { uploadId: string; source: string };
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const piece = bytes.subarray(at, at + chunkBytes);
    await ask("PUT", `/api/uploads/${uploadId}?offset=${at}`, cookie, new Uint8Array(piece));
  }
  return source;
}

/** Looks at the import's page, the overview and the images until it is over, as a waiting person does. */
async function lookOn(person: Person, importId: number, cookie: string): Promise<number> {
  for (;;) {
    const { status, result, error } = valueIn(await showImport(person, { id: importId }));
    if (status === "done") return result?.rows ?? 0;
    if (status === "failed") throw new Error(error ?? "the import failed");
    for (const place of [`/datasets/import/${importId}`, "/", "/images"]) await ask("GET", place, cookie);
    await pause(250);
  }
}

async function ask(
  method: string,
  place: string,
  cookie: string,
  body?: string | Uint8Array<ArrayBuffer>,
): Promise<Response> {
  const headers = { cookie, origin: baseUrl(), "content-type": "application/json" };
  const response = await fetch(baseUrl() + place, { method, headers, body });
  if (!response.ok) throw new Error(`${method} ${place}: ${response.status} ${await response.text()}`);
  if (method === "GET") await response.arrayBuffer();
  return response;
}

/** The most memory that a process has had (VmHWM), in MB. */
async function peak(what: string, pid: number | undefined): Promise<Figure[]> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const kilobytes = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]);
  return [{ what: `${what}, peak memory`, value: kilobytes / 1000, unit: "MB", bar: { atMost: 600 } }];
}
