import path from "node:path";
import sharp from "sharp";
import { afterEach, describe, expect, it } from "vitest";
import { decodeFilm } from "../decode-film";
import { type DecoderPool, decoderPool } from "./pool";

const open: DecoderPool[] = [];
afterEach(() => {
  for (const pool of open.splice(0)) pool.close();
});
function pool(options: Parameters<typeof decoderPool>[0] = {}): DecoderPool {
  const made = decoderPool({ processes: 1, ...options });
  open.push(made);
  return made;
}
const program = path.join(import.meta.dirname, "broken-decoder.fixture.ts");
const said = (word: string) => Buffer.from(word);

describe("films decoded in another process", () => {
  it("come out as in this one", async () => {
    const film = await sharp({ create: { width: 300, height: 200, channels: 3, background: "#555" } })
      .jpeg()
      .toBuffer();
    const [here, there] = [await decodeFilm(film), await pool().decode(film)];
    expect({ ...there, thumbnail: null }).toEqual({ ...here, thumbnail: null });
    expect(Buffer.compare(Buffer.from(there.thumbnail), Buffer.from(here.thumbnail))).toBe(0);
  });

  it("are refused there with the reason", async () => {
    await expect(pool().decode(said("<html>"))).rejects.toMatchObject({
      failure: { code: "invalid", message: expect.stringMatching(/not a JPEG or PNG/) },
    });
  });
});

describe("a film that breaks its decoder", () => {
  it.each([
    ["crash", {}, /ended the decoder/],
    ["memory", {}, /too much memory/],
    ["hang", { patienceMs: 3_000 }, /longer than 3 s/],
  ])("by %s is refused, and those behind it are decoded", async (word, options, reason) => {
    const decoders = pool({ program, ...options });
    const answers = await Promise.allSettled(
      ["one", word, "two", "three"].map((each) => decoders.decode(said(each))),
    );
    const reasons = answers.map((answer) =>
      answer.status === "rejected" ? String(answer.reason.message) : "",
    );
    expect(reasons).toEqual(["read one", expect.stringMatching(reason), "read two", "read three"]);
  });

  it("and leaves it unfit for more is its last: those behind it go to another", async () => {
    const decoders = pool({ program });
    const reasons = await Promise.all(
      ["who", "who", "spent", "who"].map((word) =>
        decoders.decode(said(word)).catch((refused: Error) => refused.message),
      ),
    );
    expect(reasons[2]).toBe("a broken frame");
    expect(reasons[1]).toBe(reasons[0]);
    expect(reasons[3]).toMatch(/^decoder \d+$/);
    expect(reasons[3]).not.toBe(reasons[0]);
  });

  it("is not blamed for a decoder that can't work at all", async () => {
    const broken = pool({ program }).decode(said("broken"));
    await expect(broken).rejects.toThrow("no sharp here");
    await expect(broken).rejects.not.toHaveProperty("failure");
  });
});

it("what still waits fails when the decoders are closed", async () => {
  const decoders = pool({ program });
  const waiting = Promise.allSettled(["hang", "one", "two"].map((word) => decoders.decode(said(word))));
  decoders.close();
  expect((await waiting).map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  await expect(decoders.decode(said("three"))).rejects.toThrow("closed");
});
