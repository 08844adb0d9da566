import { expect, test } from "vitest";
import { overlayResponse } from "./overlay-response";

const address = "http://localhost/overlay";
const drawing = { etag: "a-512x420-1", draw: async () => Buffer.from("a picture") };
const unreadable = { ...drawing, draw: () => Promise.reject(new Error("drawn although the browser has it")) };

test("an overlay is drawn for a browser that has none of it, or another", async () => {
  const first = await overlayResponse(drawing, new Request(address));
  expect([first.status, await first.text()]).toEqual([200, "a picture"]);
  const held = { "If-None-Match": '"b-512x420-1"' };
  const changed = await overlayResponse(drawing, new Request(address, { headers: held }));
  expect([changed.status, await changed.text()]).toEqual([200, "a picture"]);
  expect(changed.headers.get("ETag")).toBe('"a-512x420-1"');
});

test("nothing is drawn for a browser that has it already", async () => {
  const headers = { "If-None-Match": '"a-512x420-1"' };
  const answer = await overlayResponse(unreadable, new Request(address, { headers }));
  expect([answer.status, await answer.text()]).toEqual([304, ""]);
});
