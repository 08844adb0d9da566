import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeDemoDatasets } from "@/server/demo/write-demo-datasets";

export const port = 3210;
/** What the journeys need to know of the installation that this file starts. */
export const stateFile = path.resolve("test-results/overread-under-test.json");
export type UnderTest = { dataFolder: string; films: string; firstAdministrator: string };

/** Starts Overread as a new user does (`npm start`, empty data folder) and draws films to import. */
export default async function startOverread(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), "overread-e2e-"));
  await chmod(folder, 0o755);
  const dataFolder = path.join(folder, "data");
  const films = path.join(folder, "films");
  await mkdir(path.dirname(stateFile), { recursive: true });
  await writeDemoDatasets(films, { images: 160, seed: 7 });
  const server = spawn(process.execPath, ["--import", "tsx", "server/processes/start.ts"], {
    env: {
      ...process.env,
      OVERREAD_DATA: dataFolder,
      OVERREAD_IMPORT_ROOTS: films,
      PORT: String(port),
      DATABASE_URL: "",
      NODE_ENV: "production",
      LOG_LEVEL: "warn",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log = createWriteStream(path.resolve("test-results/overread-under-test.log"));
  server.stderr.pipe(log);
  const firstAdministrator = await printedLink(server);
  server.stdout.pipe(log);
  await writeFile(stateFile, JSON.stringify({ dataFolder, films, firstAdministrator } satisfies UnderTest));
  return async () => {
    const exited = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGTERM");
    await exited;
    await rm(folder, { recursive: true, force: true });
  };
}

function printedLink(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = "";
    server.stdout?.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      const link = /https?:\/\/\S+\/invite\/\S+/.exec(printed)?.[0];
      if (link) resolve(link);
    });
    server.once("exit", (code) =>
      reject(new Error(`Overread ended (${code}) before it was up:\n${printed}`)),
    );
  });
}
