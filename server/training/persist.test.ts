import { describe, expect, it } from "vitest";
import { adoptSettings } from "@/server/lib/env";
import { LeaseLost } from "./lease";
import { persist } from "./persist";

adoptSettings({ LOG_LEVEL: "silent" });

/** A write that fails with the given errors before it succeeds. */
function failing(...errors: Error[]) {
  const left = [...errors];
  const write = async () => {
    const error = left.shift();
    if (error) throw error;
  };
  return { write, left };
}

const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });

describe("a write of a run", () => {
  it("waits for a database that is away, however the driver wraps it", async () => {
    const { write, left } = failing(new Error("Failed query", { cause: refused }));
    await persist(write);
    expect(left).toEqual([]);
  });

  it.each([
    new LeaseLost({ runId: 1, token: "t" }),
    Object.assign(new Error("duplicate key"), { code: "23505" }),
  ])("fails at once for any other reason: $message", async (error) => {
    const { write, left } = failing(error, refused);
    await expect(persist(write)).rejects.toBe(error);
    expect(left).toHaveLength(1);
  });
});
