import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { downloadFile } from "./download-file";

const content = Buffer.from("weights ".repeat(1_000));

async function at<T>(answer: RequestListener, use: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await use(`http://127.0.0.1:${port}/file`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test("brings the whole file, and says on the way how much is here", async () => {
  const progress: [number, number | null][] = [];
  const bytes = await at(
    (_, response) => response.setHeader("content-length", content.length).end(content),
    (url) => downloadFile({ url, onProgress: (done, total) => progress.push([done, total]) }),
  );
  expect(Buffer.from(bytes).equals(content)).toBe(true);
  expect(progress.at(-1)).toEqual([content.length, content.length]);
});

test.each<{ what: string; answer: RequestListener; says: string }>([
  { what: "is not there", answer: (_, response) => response.writeHead(404).end(), says: "it answered 404" },
  {
    what: "breaks off",
    answer: (_, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("half", () => response.destroy());
    },
    says: "cannot be reached",
  },
])("a file that $what is unavailable", async ({ answer, says }) => {
  await expect(at(answer, (url) => downloadFile({ url }))).rejects.toMatchObject({
    failure: { code: "unavailable", message: expect.stringContaining(says) },
  });
});

test("a host that is not there is named", async () => {
  await expect(downloadFile({ url: "http://127.0.0.1:9/file" })).rejects.toMatchObject({
    failure: { code: "unavailable", message: expect.stringContaining("127.0.0.1:9 cannot be reached") },
  });
});

test("a file without end is given up", async () => {
  const endless: RequestListener = (_, response) => {
    const more = () =>
      response.write(Buffer.alloc(64 * 1024), () => !response.destroyed && setImmediate(more));
    more();
  };
  await expect(at(endless, (url) => downloadFile({ url, mostBytes: 1_000_000 }))).rejects.toMatchObject({
    failure: { code: "invalid" },
  });
});
