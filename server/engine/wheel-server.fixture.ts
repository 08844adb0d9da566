import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeZip } from "@/server/datasets/archive/archives.fixture";

type Behaviour = {
  /** What the index says the wheel's SHA-256 is; its own, if not given. */
  readonly promised?: string;
  /** How many bytes come before the connection breaks; all, if not given. */
  readonly send?: number;
};

const wheelName = "tensorflow_cpu-2.21.0-cp312-cp312-manylinux_2_27_x86_64.whl";

/** A package index on this machine whose one project is tensorflow-cpu, with these bytes as its wheel. */
export async function wheelServer(
  bytes: Buffer,
  { promised = sha256(bytes), send = bytes.length }: Behaviour = {},
): Promise<{ readonly index: string; downloads(): number; close(): void }> {
  let downloads = 0;
  const server = createServer(({ url }, response) => {
    if (url === "/simple/tensorflow-cpu/") {
      response.setHeader("content-type", "application/vnd.pypi.simple.v1+json");
      const file = { filename: wheelName, url: `../../${wheelName}`, hashes: { sha256: promised } };
      response.end(JSON.stringify({ files: [file] }));
      return;
    }
    downloads++;
    response.setHeader("content-length", bytes.length);
    response.write(bytes.subarray(0, send), () =>
      send === bytes.length ? response.end() : response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    index: `http://127.0.0.1:${port}/simple`,
    downloads: () => downloads,
    close: () => void server.close(),
  };
}

/** The bytes of a wheel with these files. */
export async function wheelOf(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const folder = await mkdtemp(path.join(tmpdir(), "overread-wheel-"));
  const file = path.join(folder, "a.whl");
  await writeZip(
    file,
    Object.entries(files).map(([name, content]) => ({ name, content })),
  );
  const bytes = await readFile(file);
  await rm(folder, { recursive: true });
  return bytes;
}

export function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
