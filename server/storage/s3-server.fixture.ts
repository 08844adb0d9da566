import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { S3Settings } from "./s3-store";

export type S3Server = { readonly settings: S3Settings; stop(): Promise<void> };

/** Whether versitygw, the S3 server that the tests use, is on the path. */
export function s3ServerInstalled(): boolean {
  return spawnSync("versitygw", ["--version"]).status === 0;
}

/** A real S3 server on a free port with one empty bucket, its files in a temporary folder. */
export async function startS3Server(): Promise<S3Server> {
  const folder = await mkdtemp(path.join(tmpdir(), "overread-s3-"));
  const port = await freePort();
  // A folder in the root is a bucket; metadata beside it, since not every temporary folder has xattrs.
  await mkdir(path.join(folder, "files", "films"), { recursive: true });
  await mkdir(path.join(folder, "metadata"));
  const settings: S3Settings = {
    bucket: "films",
    endpoint: `http://127.0.0.1:${port}`,
    region: "us-east-1",
    accessKeyId: "overread-test",
    secretAccessKey: "only for this test",
  };
  const server = spawn(
    "versitygw",
    [
      ...["--port", `127.0.0.1:${port}`, "--quiet"],
      ...["--access", "overread-test", "--secret", "only for this test"],
      ...["posix", "--sidecar", path.join(folder, "metadata"), path.join(folder, "files")],
    ],
    { stdio: "ignore" },
  );
  await answering(server, port);
  return {
    settings,
    async stop() {
      if (server.exitCode === null && server.signalCode === null) {
        const ended = once(server, "exit");
        server.kill();
        await ended;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answering(server: ChildProcess, port: number): Promise<void> {
  const until = Date.now() + 20_000;
  while (!(await accepts(port))) {
    if (server.exitCode !== null) throw new Error(`versitygw ended with ${server.exitCode}`);
    if (Date.now() > until) throw new Error(`versitygw does not answer on port ${port}`);
    await sleep(50);
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
